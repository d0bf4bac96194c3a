"""Commands that look: status, inspect, releases."""

from pathlib import Path
from typing import Annotated, Any

import typer

from govstats import status as state
from govstats.cli.output import Json, console, print_json, table
from govstats.errors import GovstatsError
from govstats.htmlpage import printable
from govstats.layouts.inspect import (
    Inspection,
    inspect_file,
    next_steps,
    render,
    write_picture,
)
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
    for line in _sign_off(summary):
        console.print(line, highlight=False, soft_wrap=True)
    for file in summary["waiting"]:
        console.print(f"waiting    {file}", highlight=False)
    for problem in summary["problems"]:
        console.print(_problem(problem), highlight=False)
    for row in summary["refused"]:
        console.print(f"refused    {row['file']}: {row['reason_en']}", highlight=False)
    if summary["release_id"]:
        state.print_scorecard(settings, console)


def _sign_off(summary: dict[str, Any]) -> list[str]:
    """Who signed what is shown, and what waits for a signature."""
    signed = (summary.get("manifest") or {}).get("signed")
    lines = [f"signed     by {signed['decided_by']}, {signed['decided_at']}"] if signed else []
    for each in summary["sign_off"]:
        said = each["signature"]
        state = f"{said['decision']} by {said['decided_by']}: {said['note']}" if said else "waits"
        lines.append(f"sign-off   {each['release_id']} {state}")
    return lines


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
    html: Annotated[
        Path | None, typer.Option(help="Also write the picture of every cell to this .html file.")
    ] = None,
    propose: Annotated[
        bool, typer.Option("--propose", help="Print a draft layout for an unknown sheet instead.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Show what the reader sees in a file: title, unit, period, header, layout, fate of cells."""
    if not file.is_file():
        raise GovstatsError(f"there is no file {file}", "check the path")
    settings = Settings.from_environment()
    found = inspect_file(
        file, settings, department, period, with_pictures=html is not None, with_draft=propose
    )
    if html is not None:
        write_picture(found, settings, html)
        typer.echo(f"picture    {html.resolve()}", err=True)
    if as_json:
        print_json(found.as_dict())
    elif propose:
        _print_draft(found, file)
    else:
        render(found, console)


def _print_draft(found: Inspection, file: Path) -> None:
    """The draft alone on standard output, so that it can be sent into a file."""
    refusal = found.refusal
    if found.draft:
        typer.echo(found.draft, nl=False)
        advice = next_steps(found, file)
    elif refusal and refusal.lines:
        typer.echo(refusal.lines)
        advice = (f"nearly {found.tables[0].layout_id}: add these lines to that layout",)
    elif refusal:
        raise GovstatsError(refusal.text_en(), "nothing can be drafted until that is mended")
    else:
        raise GovstatsError(
            f"every table of {found.file} has a layout already",
            "look at it without --propose; change that layout where it is not right",
        )
    for line in advice:
        typer.echo(printable(line), err=True)


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
        names = ["release", "published", "latest", "as of", "figures", "findings", "current"]
        names += ["signed by", "files"]
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
        item["as_of"] or "",
        counts["observations"],
        counts["findings"],
        "●" if item["current"] else "",
        item["signed"]["decided_by"] if item["signed"] else "",
        "intact" if not damage[item["release_id"]] else "DAMAGED",
    ]
