"""A register or ledger that was found → its fields and rows; values are read by others."""

from collections.abc import Iterator
from datetime import date

from govstats.layouts.claims import TableClaims
from govstats.layouts.doubts import Doubts
from govstats.layouts.facts import EntryField, EntryTable
from govstats.layouts.header import HeaderColumn
from govstats.layouts.match import Match, Part
from govstats.workbooks.cells import address


def entry_tables(
    match: Match, period_end: date, claims: TableClaims, doubts: Doubts
) -> Iterator[EntryTable]:
    """The entries of a register, one table per part.

    Args:
        match: a full match of a register or ledger.
        period_end: of the folder.
        claims: what the table says about its units.
        doubts: where contradictions are kept.

    Raises:
        Refused: ``unit_conflict``.
    """
    layout = match.layout
    for number, part in enumerate(match.parts):
        fields = (_field(heading, number, part, claims, doubts, match) for heading in _fields(part))
        yield EntryTable(
            layout_id=layout.id,
            source_precedence=layout.source_precedence,
            sheet=part.sheet,
            period_end=period_end,
            fields=tuple(field for field in fields if field),
            rows=part.entries.rows,
            sections=part.entries.sections,
            totals=part.entries.totals,
        )


def _fields(part: Part) -> tuple[HeaderColumn, ...]:
    return part.header.with_role("field")


def _field(
    heading: HeaderColumn,
    number: int,
    part: Part,
    claims: TableClaims,
    doubts: Doubts,
    match: Match,
) -> EntryField | None:
    """One field; None where its unit is of another kind and the layout sets that aside.

    What corner and title say is the unit of a field only where the layout gives it one of the
    same kind: 单位:万元 over a register is not the unit of a share or a count.
    """
    column = heading.declared
    if column is None:
        return None
    unit = heading.unit
    if column.unit:
        units = frozenset(entry.unit for entry in match.layout.columns if entry.unit)
        cell = address(part.header.bottom, heading.column)
        said = claims.of_field(number, heading, column.unit)
        unit = doubts.settle(part.sheet.name, cell, column.unit, said, units)
        if unit is None:
            return None
    return EntryField(
        id=column.id,
        label=heading.shown,
        type=column.type,
        column=heading.column,
        unit=unit if column.type in ("number", "target") else None,
        is_key=column.is_key,
    )
