"""Pictures of the sheets of a file, from what the reader made of their cells."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from govstats.layouts.claims import TableClaims
from govstats.layouts.facts import EntryField, EntryTable, Reading
from govstats.layouts.fates import SheetFates
from govstats.layouts.match import Match, Part
from govstats.layouts.periods import last_day
from govstats.picture.draw import Window, draw, window
from govstats.picture.model import Meaning, SheetPicture
from govstats.workbooks.cells import Place, Sheet, Workbook

#: Nothing is read by a table that is only tried: any period will do.
_NO_PERIOD = last_day(1, 1)


def pictures_read(workbook: Workbook, reading: Reading) -> tuple[SheetPicture, ...]:
    """Every sheet of a file that was read, in order."""
    fates: dict[str, dict[Place, Meaning]] = defaultdict(dict)
    observed = {
        (seen.sheet, seen.row_number, seen.column_number): seen for seen in reading.observations
    }
    for cell in reading.cells:
        seen = observed.get((cell.sheet, cell.row_number, cell.column_number))
        meaning = Meaning(cell.fate, cell.fate_detail or "", seen)
        fates[cell.sheet][cell.row_number, cell.column_number] = meaning
    return tuple(
        _read_sheet(sheet, fates[sheet.name], of_sheet(reading.entries, sheet))
        for sheet in workbook.sheets
    )


def of_sheet(tables: Iterable[EntryTable], sheet: Sheet) -> list[EntryTable]:
    """The registers that stand on a sheet."""
    return [table for table in tables if table.sheet.name == sheet.name]


def _read_sheet(
    sheet: Sheet, meanings: dict[Place, Meaning], entries: list[EntryTable]
) -> SheetPicture:
    wanted = [place for place, meaning in meanings.items() if meaning.fate == "unmapped"]
    counts = Counter(meaning.fate for meaning in meanings.values())
    counts["observation"] += sum(map(fields_filled, entries))
    view = window(sheet, wanted)
    for table in entries:
        meanings |= dict(_entry_meanings(table, view))
    return draw(sheet, meanings, dict(sorted((+counts).items())), wanted=wanted)


def fields_filled(table: EntryTable) -> int:
    """Field cells with content; only the grid is asked, as there may be millions."""
    sheet, rows = table.sheet, table.rows
    if not rows:
        return 0
    filled = 0
    for field in table.fields:
        values = sheet.column_values(field.column, rows[0], rows[-1])
        special = set(sheet.special_rows(field.column))
        filled += sum(values[row - rows[0]] != "" or row in special for row in rows)
    return filled


def _entry_meanings(table: EntryTable, view: Window) -> Iterator[tuple[Place, Meaning]]:
    """What the field cells in view were read as."""
    shown = set(view.rows)
    for number, row in enumerate(table.rows, start=1):
        if row in shown:
            kind = "total" if row in table.totals else "entry"
            for field in table.fields:
                detail = f"{kind} {number}, field {field.id} ({field.type}): {field.label}"
                yield (row, field.column), Meaning("observation", detail)


def pictures_tried(matches: Sequence[Match], kinds: Mapping[str, str]) -> dict[str, SheetPicture]:
    """Sheets of a file that is refused, by name, as the nearest layouts see them.

    Args:
        matches: the nearest tables; those without a recognised header see nothing.
        kinds: unit → what it measures.
    """
    sheets = {part.sheet.name: part.sheet for match in matches for part in match.parts}
    return {name: _tried_sheet(sheet, matches, kinds) for name, sheet in sheets.items()}


def _tried_sheet(sheet: Sheet, matches: Sequence[Match], kinds: Mapping[str, str]) -> SheetPicture:
    here = [match for match in matches if any(part.sheet is sheet for part in match.parts)]
    entries = [_fields(match, part) for match in here for part in match.parts]
    entries = [table for table in entries if table.sheet is sheet and table.rows]
    claims = [TableClaims(match, kinds) for match in here]
    counts: Counter[str] = Counter()
    meanings: dict[Place, Meaning] = {}
    view = window(sheet)
    rows, columns = set(view.rows), set(view.columns)
    for cell, fate, detail in SheetFates(sheet, here, claims, entries=entries).every():
        counts[fate] += 1
        if cell.row in rows and cell.column in columns:
            meanings[cell.row, cell.column] = Meaning(fate, detail)
    for table in entries:
        meanings |= dict(_entry_meanings(table, view))
        counts["observation"] += fields_filled(table)
    tried = ", ".join(dict.fromkeys(match.layout.id for match in here))
    return draw(sheet, meanings, dict(sorted((+counts).items())), basis="tried", layout_id=tried)


def _fields(match: Match, part: Part) -> EntryTable:
    """The entries of a part, without a look at their units."""
    fields = (
        EntryField(heading.declared.id, heading.shown, heading.declared.type, heading.column)
        for heading in part.header.with_role("field")
        if heading.declared
    )
    entries = part.entries
    return EntryTable(
        match.layout.id, 0, part.sheet, _NO_PERIOD, tuple(fields),
        entries.rows, entries.sections, entries.totals,
    )  # fmt: skip
