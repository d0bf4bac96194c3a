"""What a sheet and a table look like to the reader, for ``govstats inspect``."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath

from govstats.layouts.claims import TableClaims
from govstats.layouts.facts import CellFate, EntryTable, Reading, TableRead
from govstats.layouts.inspection import (
    EntriesSeen,
    Heading,
    Likeness,
    RemarkSeen,
    RowSeen,
    SheetSeen,
    TableSeen,
)
from govstats.layouts.match import Match
from govstats.layouts.periods import find_period
from govstats.picture.marks import columns_said, rows_said
from govstats.workbooks.cells import Sheet, address, column_letters

#: Details of cells outside the tables that are no remark.
_NO_REMARK = ("title", "unit_line", "unit", "continued")
_SECTIONS = 12


def sheet_seen(sheet: Sheet) -> SheetSeen:
    """Size, merged and hidden parts of a worksheet."""
    last = address(sheet.last_row, sheet.last_column) if sheet.last_row else ""
    return SheetSeen(
        name=sheet.name,
        visible=sheet.is_visible,
        cells=sheet.count,
        last_cell=last,
        merged=len(sheet.merges),
        hidden_rows=rows_said(sorted(sheet.hidden_rows)),
        hidden_columns=columns_said(sorted(sheet.hidden_columns)),
    )


def likenesses(matches: Iterable[Match]) -> tuple[Likeness, ...]:
    """How far each match goes, the best first."""
    return tuple(
        Likeness(
            match.layout.id,
            match.layout.department,
            match.layout.name_zh,
            match.sheet.name,
            round(match.score, 3),
            match.is_full,
            match.missing,
            match.extra,
        )
        for match in matches
    )


def table_seen(
    match: Match, file: str, kinds: Mapping[str, str], table: TableRead | None = None
) -> TableSeen:
    """A table as a match sees it.

    Args:
        match: with or without recognised parts.
        file: name of the file.
        kinds: unit → what it measures.
        table: what was read of it, None where nothing was.
    """
    lines = [line for lines in TableClaims(match, kinds).lines for line in lines]
    return TableSeen(
        layout_id=match.layout.id,
        shape=match.layout.shape,
        sheet=match.sheet.name,
        is_read=table is not None,
        title=match.title_text,
        title_cell=match.title.address if match.title else "",
        unit_line="; ".join(dict.fromkeys(cell.text.strip() for cell, _ in lines)),
        cells=f"{table.first_cell}:{table.last_cell}" if table else "",
        parts=max(len(match.parts), 1),
        rows_found=sum(len(part.row_numbers) for part in match.parts),
        columns_found=len({key for part in match.parts for key in part.header.found}),
        periods=_periods(match, file),
        header_block=_header_block(match),
        header=_headings(match),
        rows=_rows(match),
    )


def _periods(match: Match, file: str) -> tuple[tuple[str, str], ...]:
    """(place, text) of every statement of the period: titles, header, sheet names, file name."""
    texts = [("title", cell.text) for part in match.parts for cell in part.titles]
    texts += [("sheet_name", part.sheet.name) for part in match.parts]
    texts.append(("file_name", PurePath(file).stem))
    found = [(place, find_period(text)) for place, text in texts]
    said = [(place, statement.text) for place, statement in found if statement]
    for part in match.parts:
        for heading in sorted(part.header.found.values(), key=lambda heading: heading.column):
            if heading.period_end:
                said.append(("header", f"{heading.period_end:%Y-%m}"))
    return tuple(dict.fromkeys(said))


def _header_block(match: Match) -> str:
    headings = _headings(match)
    if match.header is None or not headings:
        return ""
    first, last = headings[0].column, headings[-1].column
    return f"{first}{match.header.top}:{last}{match.header.bottom}"


def _headings(match: Match) -> tuple[Heading, ...]:
    """The columns of the first part."""
    if match.header is None:
        return ()
    headings = [*match.header.found.values(), *match.header.extra]
    return tuple(
        Heading(column_letters(heading.column), heading.shown, heading.unit or "", heading.key)
        for heading in sorted(headings, key=lambda heading: heading.column)
    )


def _rows(match: Match) -> tuple[RowSeen, ...]:
    """The row labels of all parts; those of the first come first."""
    seen: list[RowSeen] = []
    for part in match.parts:
        rows = [
            RowSeen(found.number, found.text.strip(), found.row.id) for found in part.rows.found
        ]
        rows += [RowSeen(cell.row, cell.text.strip(), "") for cell in part.rows.extra]
        seen += sorted(rows, key=lambda row: row.row)
    return tuple(seen)


def entries_seen(reading: Reading) -> tuple[EntriesSeen, ...]:
    """Registers and ledgers, without their figures."""
    return tuple(_entries(table) for table in reading.entries)


def _entries(table: EntryTable) -> EntriesSeen:
    sections = dict.fromkeys(section for section in table.sections if section)
    fields = tuple(
        Heading(column_letters(field.column), field.label, field.unit or "", field.id)
        for field in table.fields
    )
    return EntriesSeen(
        table.layout_id,
        table.sheet.name,
        len(table.rows),
        len(table.totals),
        tuple(sections)[:_SECTIONS],
        fields,
    )


def remarks_seen(cells: Sequence[CellFate]) -> tuple[RemarkSeen, ...]:
    """Notes, sources, signatures and the like among the cells of a file that was read."""
    return tuple(
        RemarkSeen(cell.sheet, cell.cell, cell.fate_detail or "", cell.value_text.strip())
        for cell in cells
        if cell.fate == "metadata" and cell.fate_detail not in _NO_REMARK
    )
