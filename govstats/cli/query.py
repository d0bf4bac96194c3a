"""Commands for questions: sql, trace."""

import csv
import sys
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

import duckdb
import typer

from govstats.cli.output import Json, console, print_json, table
from govstats.csvtext import inert
from govstats.errors import GovstatsError
from govstats.numbers import plain
from govstats.release import reader
from govstats.settings import Settings
from govstats.trace import CellEvidence, Corrected, Trace
from govstats.trace import trace as follow


class Format(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def add_to(app: typer.Typer) -> None:
    """Register this module's commands."""
    app.command()(sql)
    app.command()(trace)


def sql(
    statement: Annotated[str, typer.Argument(help="One SQL statement on schema marts.")],
    output: Annotated[Format, typer.Option("--format", help="How to print rows.")] = Format.TABLE,
    release: Annotated[str | None, typer.Option(help="A kept release (default: current).")] = None,
    as_json: Json = False,
) -> None:
    """Ask the released warehouse; nothing can be changed through this door.

    In csv, a text that a spreadsheet program would take for a formula has an apostrophe before it.
    """
    try:
        with reader.connect(Settings.from_environment(), release) as connection:
            cursor = connection.execute(statement)
            names = [column[0] for column in cursor.description or []]
            rows = cursor.fetchall()
    except duckdb.Error as error:
        raise GovstatsError(
            str(error).strip(),
            '`govstats sql "select table_name from information_schema.tables '
            "where table_schema = 'marts'\"` lists what can be asked",
        ) from None
    if as_json or output is Format.JSON:
        print_json([dict(zip(names, row, strict=True)) for row in rows])
    elif output is Format.CSV:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerows([map(inert, names), *(map(_csv_field, row) for row in rows)])
    else:
        console.print(table(f"{len(rows)} rows", names, rows))


def _csv_field(value: object) -> str:
    """Write figures as they are; texts may come from a sheet, also within a list or a struct."""
    text = plain(value)
    return text if isinstance(value, int | float | Decimal | date | None) else inert(text)


def trace(
    target: Annotated[str, typer.Argument(help="A target's id or a part of it: gdp-level.")],
    period: Annotated[str, typer.Option(help="Reported period, YYYY-MM.")],
    as_json: Json = False,
) -> None:
    """Follow a judged target back to department, file, sheet and cell."""
    result = follow(Settings.from_environment(), target, period)
    if as_json:
        print_json(result.as_dict())
        return
    _print_judgement(result)
    for evidence in result.evidence:
        _print_cell(evidence)
    if not result.evidence:
        console.print("cells      none: no figure was submitted for this period")


def _print_judgement(result: Trace) -> None:
    judged = result.judgement
    console.print(f"release    {result.release_id}", highlight=False)
    console.print(
        f"target     {judged['target_id']} {judged['name_zh']} "
        f"({judged['section']} {judged['item']})",
        highlight=False,
    )
    console.print(
        f"judged     {judged['label_zh']}: {_actual(judged)}, 要求 {judged['demand_zh']} → "
        f"{judged['status_zh']} ({judged['status']}), {judged['light_zh']}",
        highlight=False,
    )
    console.print(f"working    {judged['working']}", highlight=False)


def _actual(judged: dict[str, Any]) -> str:
    if judged["actual_value"] is None:
        return "—"
    return f"{plain(judged['actual_value'])} {judged['unit_measure']}"


def _in_cell(evidence: CellEvidence) -> str:
    """Say what the cell holds, and what that is in the unit shown where the units differ."""
    written = f"{evidence.value_text or '(blank)'} {evidence.cell_unit or ''}".rstrip()
    reported = evidence.reported_value
    if reported is None or evidence.cell_unit == evidence.unit_measure:
        return written
    return f"{written} = {plain(reported)} {evidence.unit_measure}"


def _print_cell(evidence: CellEvidence) -> None:
    console.print(
        f"{_about(evidence)} [{evidence.obs_status}], known from {evidence.known_from}",
        highlight=False,
    )
    console.print(
        f"  cell     {evidence.department_zh} → {evidence.file} → sheet {evidence.sheet} → "
        f"{evidence.cell}: {_in_cell(evidence)}",
        highlight=False,
        soft_wrap=True,
    )
    verdict = "the same" if evidence.agrees else f"NOT THE SAME: {evidence.cell_now}"
    console.print(f"  checked  cell read again from the kept original: {verdict}", highlight=False)
    if evidence.correction is not None:
        _print_correction(evidence.correction, evidence.cell_unit or "")


def _about(evidence: CellEvidence) -> str:
    if evidence.indicator_code is None:
        return f"work       {evidence.subject_zh}"
    shown = plain(evidence.obs_value) or evidence.missing_kind or "missing"
    return (
        f"figure     {evidence.area_zh} {evidence.subject_zh} {evidence.measure} = {shown} "
        f"{evidence.unit_measure}"
    )


def _print_correction(made: Corrected, unit: str) -> None:
    new = f"{plain(made.new_cell_value)} {unit}" if made.new_cell_value is not None else "withdrawn"
    source = f", {made.source}" if made.source else ""
    console.print(
        f"  CORRECTED {made.correction_id}: {plain(made.old_cell_value)} {unit} → {new}, "
        f"entered {made.entered_on} by {made.author}: {made.reason_zh}{source}",
        highlight=False,
        soft_wrap=True,
    )
