"""Commands that do work: run, validate, register."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from govstats import pipeline, status
from govstats.cli.output import Json, console, print_json
from govstats.errors import GovstatsError, ReleaseHeld
from govstats.intake import register as enter
from govstats.release import reader, releases
from govstats.settings import Settings
from govstats.warehouse import candidate

AsOf = Annotated[
    str | None,
    typer.Option(help="Rebuild what had been received by the end of this day, YYYY-MM-DD."),
]

_JUDGED = """
select period_end, status_zh, count(*) as n from marts.fct_target_progress
where period_end = (
    select max(period_end) from marts.fct_target_progress where status <> 'no_data'
)
group by period_end, status_zh order by n desc, status_zh
"""

_FINDINGS = """
select
    finding_id, severity, rule_id, holds, state, state_zh, department_code, file, sheet, cell,
    value, expected, message_zh, remedy_zh, message_en, remedy_en, explanation,
    explanation_reply_zh, override_by, override_reason_zh
from marts.fct_validation_finding
order by case severity when 'hard' then 1 when 'soft' then 2 else 3 end, rule_id, file, cell
"""


def add_to(app: typer.Typer) -> None:
    """Register this module's commands."""
    app.command()(run)
    app.command()(validate)
    app.command()(register)


def run(as_of: AsOf = None, as_json: Json = False) -> None:
    """Take in new files, build, audit and publish; ends with the scorecard.

    Does the same work as the Airflow DAGs, without Airflow. With nothing new it publishes
    nothing. With --as-of it keeps a release of that day beside the current one. Submissions
    with a hard finding are left out and named. Exit code 4: a finding holds the whole release, the
    last one stands. Exit code 5: it waits for a person's sign-off, where that is switched on.
    """
    settings = Settings.from_environment()
    day = None if as_of is None else _day(as_of, settings)
    result = pipeline.run(settings, day)
    if as_json:
        print_json(result)
        return
    if day is not None:
        _print_past(settings, str(result["release_id"]))
        return
    if not result["published"]:
        console.print("nothing new; the current release stands")
    status.print_scorecard(settings, console)


def _day(text: str, settings: Settings) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise GovstatsError(f"--as-of {text!r} is not a day", "write it like 2020-10-20") from None
    if day >= datetime.now(ZoneInfo(settings.timezone)).date():
        raise GovstatsError(f"{day} is not over yet", "leave --as-of out to see what is known now")
    return day


def _print_past(settings: Settings, release_id: str) -> None:
    with reader.connect(settings, release_id) as connection:
        judged = reader.rows(connection, _JUDGED)
    folder = releases.folder(settings, release_id)
    counted = ", ".join(f"{row['status_zh']} {row['n']}" for row in judged)
    period = judged[0]["period_end"] if judged else "none"
    console.print(f"release    {release_id} (current stays as it is)", highlight=False)
    console.print(f"judged     {period}: {counted}", highlight=False)
    console.print(f"open       {folder / 'validation' / 'index.html'}", soft_wrap=True)
    console.print(f'ask        govstats sql --release {release_id} "select …"', soft_wrap=True)


def validate(
    show_all: Annotated[
        bool, typer.Option("--all", help="Show findings of kind info too.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Audit what is in data/raw now and show the findings; publishes nothing.

    A hard finding sets its submission aside: the others are published without it. Exit code 4: a
    finding would hold the release itself.
    """
    settings = Settings.from_environment()
    waiting = [each for batch in pipeline.scan(settings) for each in batch["submission_ids"]]
    if waiting:
        pipeline.parse(settings, waiting)
    release_id = pipeline.build(settings) or str(pipeline.facts_ready(settings)["release_id"])
    decision = pipeline.validate(settings, release_id)
    folder = candidate.folder(settings, release_id)
    with reader.open_warehouse(folder / "warehouse.duckdb") as connection:
        findings = reader.rows(connection, _FINDINGS)
    if as_json:
        print_json({"release_id": release_id, "gate": decision, "findings": findings})
    else:
        _print_findings(findings, show_all)
        console.print(decision["text_zh"], highlight=False, soft_wrap=True)
        console.print(f"report {folder / 'validation' / 'index.html'}", soft_wrap=True)
    if not decision["released"]:
        raise typer.Exit(ReleaseHeld.exit_code)


def _print_findings(findings: list[dict[str, object]], show_all: bool) -> None:
    """Print state, place, what and what to do, hard findings first; others are at least counted."""
    shown = [row for row in findings if show_all or row["severity"] != "info"]
    for row in shown:
        place = " ".join(str(row[name]) for name in ("file", "sheet", "cell") if row[name])
        head = f"{row['severity']:<5}{row['rule_id']}  {row['finding_id']}  {row['state_zh']}"
        console.print(f"{head}  {place}", highlight=False)
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
