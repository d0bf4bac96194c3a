"""The command that lets a hard finding pass: override."""

from dataclasses import asdict
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any

import duckdb
import typer

from govstats import overrides, pipeline
from govstats.cli.output import Json, console, print_json, table
from govstats.errors import GovstatsError
from govstats.overrides import Override
from govstats.release import reader, releases
from govstats.settings import Settings
from govstats.warehouse import candidate

_FINDINGS = """
select
    finding.finding_id, finding.rule_id, finding.holds, finding.file, finding.sheet, finding.cell,
    finding.message_zh, submission.status as submission_status
from marts.fct_validation_finding as finding
left join marts.fct_submission as submission on finding.submission_id = submission.submission_id
"""

_STATES = "select finding_id, state from marts.fct_audit_override where state <> 'withdrawn'"


def add_to(app: typer.Typer) -> None:
    """Register this module's command."""
    app.command()(override)


def override(
    finding: Annotated[
        str | None, typer.Argument(help="Id of the finding, as report and gate print it.")
    ] = None,
    reason: Annotated[str, typer.Option(help="Why it may pass, in Chinese.")] = "",
    author: Annotated[str, typer.Option(help="Who answers for it.")] = "",
    on: Annotated[
        str | None, typer.Option(help="Day of the decision, YYYY-MM-DD (default: today).")
    ] = None,
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help="Withdraw the override of this finding instead.")
    ] = False,
    show: Annotated[
        bool, typer.Option("--list", help="List all overrides and their state.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Let a hard finding pass, in a person's name; it counts from the next run on.

    It holds for this finding in this submission with this value, and is printed in the report.
    """
    settings = Settings.from_environment()
    if show:
        _list(settings, as_json)
    elif finding is None:
        raise GovstatsError(
            "the finding to let pass is not named",
            "govstats override FINDING_ID --reason … --author …; `govstats validate` prints ids",
        )
    elif withdraw:
        _tell(overrides.withdraw(settings, finding, _day(on)), "withdrawn", as_json)
    else:
        row = _look_up(settings, finding)
        _tell(overrides.enter(settings, row, reason, author, _day(on)), "overridden", as_json, row)


def _look_up(settings: Settings, finding_id: str) -> dict[str, Any]:
    """Find a finding in what was audited last, released or held.

    Raises:
        GovstatsError: nothing is audited yet, or no finding has this id.
    """
    known: dict[str, dict[str, Any]] = {}
    for folder in _audited(settings):
        with reader.open_warehouse(folder / "warehouse.duckdb") as connection:
            known |= {str(row["finding_id"]): row for row in reader.rows(connection, _FINDINGS)}
    if finding_id in known:
        return known[finding_id]
    near = get_close_matches(finding_id, known, n=1, cutoff=0.7)
    raise GovstatsError(
        f"the last audit has no finding {finding_id!r}",
        f"did you mean {near[0]}?" if near else "`govstats validate` prints the findings' ids",
    )


def _audited(settings: Settings) -> list[Path]:
    """Folders of the current release and of the newest audited candidate, where there are any."""
    present = str(pipeline.facts_ready(settings)["release_id"])
    names = dict.fromkeys(
        (releases.current_id(settings), pipeline.pending_release(settings), present)
    )
    folders = [candidate.folder(settings, name) for name in names if name is not None]
    return [folder for folder in folders if (folder / "gate.json").exists()]


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text is not None else None
    except ValueError:
        raise GovstatsError(f"--on {text!r} is no date", "write it like 2020-07-20") from None


def _tell(done: Override, word: str, as_json: bool, finding: dict[str, Any] | None = None) -> None:
    if as_json:
        print_json(asdict(done))
        return
    console.print(f"{word:<11}{done.finding_id} ({done.rule_id})", highlight=False)
    if finding is not None:
        place = " ".join(str(finding[name]) for name in ("file", "sheet", "cell") if finding[name])
        console.print(f"finding    {place}: {finding['message_zh']}", highlight=False)
    console.print(
        f"reason     {done.reason_zh} ({done.author}, {done.decided_on})", highlight=False
    )
    console.print("it counts  from the next `govstats run` on" if done.counts else
                  "it counts  no more from the next `govstats run` on")  # fmt: skip


def _list(settings: Settings, as_json: bool) -> None:
    entered = overrides.read(settings)
    states = _states(settings)
    if as_json:
        print_json([asdict(each) | {"state": _now(each, states)} for each in entered])
        return
    names = ["finding", "rule", "reason", "author", "decided", "now"]
    rows = [
        [
            each.finding_id, each.rule_id, each.reason_zh, each.author, each.decided_on,
            _now(each, states),
        ]
        for each in entered
    ]  # fmt: skip
    console.print(table(f"{len(rows)} overrides", names, rows))


def _now(override: Override, states: dict[str, str]) -> str:
    if not override.counts:
        return f"withdrawn {override.withdrawn_on}"
    return states.get(override.finding_id, "not released yet")


def _states(settings: Settings) -> dict[str, str]:
    """What the current release says of each override; nothing where none is released."""
    try:
        with reader.connect(settings) as connection:
            return dict(connection.execute(_STATES).fetchall())
    except (GovstatsError, duckdb.Error):  # nothing released, or by an earlier version
        return {}
