"""Commands that do work: run, validate, register."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from govstats import pipeline, status
from govstats.cli.output import Json, console, print_json
from govstats.errors import GovstatsError, ReleaseHeld
from govstats.intake import register as enter
from govstats.release import reader
from govstats.settings import Settings
from govstats.warehouse import candidate

_FINDINGS = """
select
    severity, rule_id, holds, department_code, file, sheet, cell, value, expected, message_zh,
    remedy_zh
from marts.fct_validation_finding
order by case severity when 'hard' then 1 when 'soft' then 2 else 3 end, rule_id, file, cell
"""


def add_to(app: typer.Typer) -> None:
    """Register this module's commands."""
    app.command()(run)
    app.command()(validate)
    app.command()(register)


def run(as_json: Json = False) -> None:
    """Take in new files, build, audit and publish; ends with the scorecard.

    Does the same work as the Airflow DAGs, without Airflow. With nothing new it publishes
    nothing. Exit code 4: a hard finding holds the release, the last one stands.
    """
    settings = Settings.from_environment()
    result = pipeline.run(settings)
    if as_json:
        print_json(result)
        return
    if not result["published"]:
        console.print("nothing new; the current release stands")
    status.print_scorecard(settings, console)


def validate(
    show_all: Annotated[
        bool, typer.Option("--all", help="Show findings of kind info too.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Audit what is in data/raw now and show the findings; publishes nothing.

    Exit code 4: a hard finding would hold the release.
    """
    settings = Settings.from_environment()
    for batch in pipeline.scan(settings):
        pipeline.parse(settings, batch)
    release_id = pipeline.build(settings) or str(pipeline.facts_ready(settings)["release_id"])
    decision = pipeline.validate(settings, release_id)
    folder = candidate.folder(settings, release_id)
    with reader.open_warehouse(folder / "warehouse.duckdb") as connection:
        findings = reader.rows(connection, _FINDINGS)
    if as_json:
        print_json({"release_id": release_id, "gate": decision, "findings": findings})
    else:
        _print_findings(findings, show_all)
        console.print(decision["text_zh"], highlight=False)
        console.print(f"report {folder / 'validation' / 'index.html'}", soft_wrap=True)
    if not decision["released"]:
        raise typer.Exit(ReleaseHeld.exit_code)


def _print_findings(findings: list[dict[str, object]], show_all: bool) -> None:
    """Print where, what and what to do, hard findings first; others are at least counted."""
    shown = [row for row in findings if show_all or row["severity"] != "info"]
    for row in shown:
        place = " ".join(str(row[name]) for name in ("file", "sheet", "cell") if row[name])
        console.print(f"{row['severity']:<5}{row['rule_id']}  {place}", highlight=False)
        console.print(f"     {row['message_zh']}", highlight=False)
        console.print(f"     → {row['remedy_zh']}", highlight=False)
    if len(shown) < len(findings):
        console.print(f"and {len(findings) - len(shown)} of kind info (--all shows them)")


def register(
    file: Annotated[Path, typer.Argument(help="File below data/raw/<department>/<YYYY-MM>/.")],
    received: Annotated[
        str, typer.Option(help="When it was received, e.g. 2020-03-12 or 2020-03-12T09:30.")
    ],
    as_json: Json = False,
) -> None:
    """Register one file with the time it was really received, for backlogs.

    Files that are only put into data/raw count as received when a run first sees them.
    """
    settings = Settings.from_environment()
    path = file if file.is_absolute() else Path.cwd() / file
    try:
        relative = path.resolve().relative_to(settings.raw)
    except ValueError:
        raise GovstatsError(
            f"{file} does not lie in {settings.raw}",
            "copy it to data/raw/<department>/<YYYY-MM>/ first",
        ) from None
    if not path.is_file():
        raise GovstatsError(f"there is no file {file}", "check the path")
    try:
        moment = datetime.fromisoformat(received)
    except ValueError:
        raise GovstatsError(
            f"--received {received!r} is not a date or time", "write it like 2020-03-12T09:30"
        ) from None
    entries = enter(settings, [(relative, moment)])
    content = [vars(entry) for entry in entries]
    if as_json:
        print_json(content)
    else:
        console.print(content or "already registered; nothing changed")
