"""The command that corrects a reported figure: correct."""

from dataclasses import asdict
from datetime import date
from typing import Annotated

import duckdb
import typer

from govstats import corrections
from govstats.cli.output import Json, console, print_json, table
from govstats.corrections import Correction, Wanted
from govstats.errors import GovstatsError
from govstats.numbers import plain
from govstats.release import reader
from govstats.settings import Settings

_STATES = """
select correction_id, max_by(state, submission_number) from marts.fct_correction
group by correction_id
"""


def add_to(app: typer.Typer) -> None:
    """Register this module's command."""
    app.command()(correct)


def correct(
    file: Annotated[
        str | None, typer.Argument(help="A file below data/raw, or a submission's id.")
    ] = None,
    sheet: Annotated[str | None, typer.Argument(help="Name of the worksheet.")] = None,
    cell: Annotated[str | None, typer.Argument(help="Address of the cell: D7.")] = None,
    old: Annotated[
        str | None, typer.Option(help="The figure the cell holds, in the cell's own unit.")
    ] = None,
    new: Annotated[
        str | None, typer.Option(help="The right figure in that unit; '' withdraws the figure.")
    ] = None,
    reason: Annotated[str, typer.Option(help="What went wrong, in Chinese.")] = "",
    author: Annotated[str, typer.Option(help="Who answers for the correction.")] = "",
    source: Annotated[str, typer.Option(help="The document behind it.")] = "",
    only_this_file: Annotated[
        bool,
        typer.Option(
            "--only-this-file", help="Not for other submissions of the table for the period."
        ),
    ] = False,
    on: Annotated[
        str | None, typer.Option(help="Day of entry, YYYY-MM-DD (default: today).")
    ] = None,
    withdraw: Annotated[
        str | None, typer.Option(help="Withdraw the correction with this id instead.")
    ] = None,
    show: Annotated[
        bool, typer.Option("--list", help="List all corrections and what they do now.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Correct a figure as reported, without touching the sheet; it counts from the next run on.

    The correction counts only while the cell still holds the old figure; a change of the sheet
    becomes a finding. See docs/correct-a-figure.md.
    """
    settings = Settings.from_environment()
    day = _day(on)
    if show:
        _list(settings, as_json)
    elif withdraw is not None:
        _tell(corrections.withdraw(settings, withdraw, day), "withdrawn", as_json)
    elif file is None or sheet is None or cell is None or old is None or new is None:
        raise GovstatsError(
            "file, sheet, cell, --old and --new say what is to be corrected",
            "govstats correct FILE SHEET CELL --old 12 --new 13 --reason … --author … "
            "(--new '' withdraws the figure); `--list` shows what is corrected",
        )
    else:
        wanted = Wanted(
            file, sheet, cell, old, new, reason, author, source, only_this_file, day
        )  # fmt: skip
        _tell(corrections.enter(settings, wanted), "entered", as_json)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text is not None else None
    except ValueError:
        raise GovstatsError(f"--on {text!r} is no date", "write it like 2020-07-20") from None


def _tell(correction: Correction, done: str, as_json: bool) -> None:
    if as_json:
        print_json(asdict(correction))
        return
    console.print(f"{done:<11}{correction.correction_id}", highlight=False)
    console.print(
        f"cell       {correction.department_code} {correction.time_period} "
        f"{correction.layout_id}, sheet {correction.sheet}, {correction.cell}"
        + (f", only {correction.file}" if correction.file else ""),
        highlight=False,
    )
    console.print(f"figure     {correction.figure}", highlight=False)
    console.print(f"value      {_change(correction)}", highlight=False)
    console.print(f"reason     {correction.reason_zh} ({correction.author})", highlight=False)
    console.print("it counts  from the next `govstats run` on" if correction.counts else
                  "it counts  no more from the next `govstats run` on")  # fmt: skip


def _change(correction: Correction) -> str:
    new = plain(correction.new_value) or "withdrawn"
    unit = f" ({correction.value_unit})" if correction.value_unit else ""
    return f"{plain(correction.old_value)} → {new}{unit}"


def _list(settings: Settings, as_json: bool) -> None:
    entered = corrections.read(settings)
    states = _states(settings)
    if as_json:
        print_json([asdict(each) | {"state": states.get(each.correction_id)} for each in entered])
        return
    names = ["id", "cell", "indicator", "old → new", "author", "entered", "now"]
    rows = [
        [
            each.correction_id,
            f"{each.sheet}!{each.cell}",
            each.figure.partition("/")[0],
            _change(each),
            each.author,
            each.entered_on,
            _now(each, states),
        ]
        for each in entered
    ]
    console.print(table(f"{len(rows)} corrections", names, rows))


def _now(correction: Correction, states: dict[str, str]) -> str:
    if not correction.counts:
        return f"withdrawn {correction.withdrawn_on}"
    return states.get(correction.correction_id, "not released yet")


def _states(settings: Settings) -> dict[str, str]:
    """What the current release says of each correction; nothing where none is released."""
    try:
        with reader.connect(settings) as connection:
            return dict(connection.execute(_STATES).fetchall())
    except (GovstatsError, duckdb.Error):  # nothing released, or by an earlier version
        return {}
