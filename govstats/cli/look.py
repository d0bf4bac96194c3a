"""Commands that look: status, inspect, releases."""

from pathlib import Path
from typing import Annotated, Any

import typer

from govstats import status as state
from govstats.cli.output import Json, console, print_json, table
from govstats.errors import GovstatsError
from govstats.layouts.inspect import inspect_file, render
from govstats.release import releases as kept
from govstats.settings import Settings


def add_to(app: typer.Typer) -> None:
    """Register this module's commands."""
    app.command()(status)
    app.command()(inspect)
    app.command()(releases)


def status(as_json: Json = False) -> None:
    """Show the current release, what came in, what was refused, and the scorecard."""
    settings = Settings.from_environment()
    summary = state.summary(settings)
    if as_json:
        print_json(summary)
        return
    console.print(f"release    {summary['release_id'] or 'none yet'}", highlight=False)
    console.print(f"ledger     {summary['on_ledger']} submissions", highlight=False)
    if summary["held"]:
        console.print(f"held       {summary['held']['text_zh']}", highlight=False, style="red")
        console.print(f"  report   {summary['held_folder']}/validation/index.html", soft_wrap=True)
    for file in summary["waiting"]:
        console.print(f"waiting    {file}", highlight=False)
    for problem in summary["problems"]:
        console.print(_problem(problem), highlight=False)
    for row in summary["refused"]:
        console.print(f"refused    {row['file']}: {row['reason_en']}", highlight=False)
    if summary["release_id"]:
        state.print_scorecard(settings, console)


def _problem(problem: dict[str, Any]) -> str:
    return (
        f"{problem['kind']:<10} {problem['file']}: {problem['found_en']} → {problem['remedy_en']}"
    )


def inspect(
    file: Annotated[Path, typer.Argument(help="A spreadsheet, inside data/raw or anywhere.")],
    department: Annotated[
        str | None, typer.Option(help="Department code (default: from the folder).")
    ] = None,
    period: Annotated[
        str | None, typer.Option(help="Period YYYY-MM (default: from the folder).")
    ] = None,
    as_json: Json = False,
) -> None:
    """Show what the reader sees in a file: title, unit, period, header, layout, fate of cells."""
    if not file.is_file():
        raise GovstatsError(f"there is no file {file}", "check the path")
    inspection = inspect_file(file, Settings.from_environment(), department, period)
    if as_json:
        print_json(inspection.as_dict())
    else:
        render(inspection, console)


def releases(
    use: Annotated[
        str | None, typer.Option(help="Point `current` to this kept release (rollback).")
    ] = None,
    verify: Annotated[
        bool, typer.Option("--verify", help="Compare every file with the release's hashes.")
    ] = False,
    as_json: Json = False,
) -> None:
    """List the kept releases, check them, or switch back to one."""
    settings = Settings.from_environment()
    if use is not None:
        kept.switch(settings, use)
    found = kept.list_all(settings)
    damage = {item["release_id"]: kept.verify(settings, item["release_id"]) for item in found}
    if as_json:
        print_json([item | {"damage": damage[item["release_id"]]} for item in found])
    else:
        names = ["release", "published", "latest", "figures", "findings", "current", "files"]
        console.print(table("releases", names, [_line(item, damage) for item in found]))
    if verify and any(damage.values()):
        lines = [f"{name}: {text}" for name, texts in damage.items() for text in texts]
        raise GovstatsError("; ".join(lines), "use another release and run again")


def _line(item: dict[str, Any], damage: dict[str, list[str]]) -> list[object]:
    counts = item["counts"]
    return [
        item["release_id"],
        item["published_at"][:19],
        item["latest_period"],
        counts["observations"],
        counts["findings"],
        "●" if item["current"] else "",
        "intact" if not damage[item["release_id"]] else "DAMAGED",
    ]
