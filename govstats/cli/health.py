"""Commands for the health of an installation: doctor, backup, restore."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from govstats import backup as safekeeping
from govstats import doctor as medicine
from govstats.cli.output import Json, console, print_json
from govstats.doctor import Check, State
from govstats.settings import Settings

_MARKS = {State.OK: ("✓", "green"), State.WARNING: ("▲", "yellow"), State.FAULT: ("✗", "red")}


def add_to(app: typer.Typer) -> None:
    """Register this module's commands."""
    app.command()(doctor)
    app.command()(backup)
    app.command()(restore)


def doctor(
    thorough: Annotated[
        bool, typer.Option(help="Also compare every kept file with the hash it was kept under.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Look at machine, knowledge, ledger and releases; say what is wrong and what to do.

    Changes nothing. Exit code 1: something needs mending; warnings end with 0.
    """
    checks = medicine.examine(Settings.from_environment(), thorough)
    if as_json:
        print_json([asdict(check) for check in checks])
    else:
        for check in checks:
            _print(check)
    if medicine.worst(checks) is State.FAULT:
        raise typer.Exit(1)


def _print(check: Check) -> None:
    mark, colour = _MARKS[check.state]
    console.print(mark, style=colour, end=" ")
    console.print(
        f"{check.subject:<12} {check.found}", markup=False, highlight=False, soft_wrap=True
    )
    if check.remedy:
        console.print(f"  → {check.remedy}", markup=False, highlight=False, soft_wrap=True)


def backup(
    target: Annotated[Path, typer.Argument(help="The file to write: ….tar or ….tar.gz.")],
    as_json: Json = False,
) -> None:
    """Write all that was received to one file; the rest can be built again from it.

    It holds the ledger, every file on it as it was registered, files that wait to be registered,
    the trend over releases and who signed them. Knowledge is under version control and not in it.
    """
    summary = safekeeping.write(Settings.from_environment(), target)
    _print_summary("written", target, summary, as_json)


def restore(
    source: Annotated[Path, typer.Argument(help="A file that `govstats backup` wrote.")],
    as_json: Json = False,
) -> None:
    """Fill an empty data folder from a backup; `govstats run` then builds the release again."""
    settings = Settings.from_environment()
    summary = safekeeping.restore(settings, source)
    _print_summary("restored to", settings.data, summary, as_json)
    if not as_json:
        console.print("next: `govstats run`", highlight=False)


def _print_summary(done: str, path: Path, summary: safekeeping.Summary, as_json: bool) -> None:
    if as_json:
        print_json({"path": str(path), **asdict(summary)})
        return
    console.print(
        f"{done} {path}: {summary.submissions} submissions, {summary.unregistered} files not "
        f"registered, {summary.size / 1e6:,.1f} MB",
        markup=False,
        highlight=False,
        soft_wrap=True,
    )
