"""How far a sheet satisfies a layout."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from govstats.layouts.header import Header, find_header
from govstats.layouts.labels import label, split_unit, squeeze
from govstats.layouts.model import Layout
from govstats.layouts.rowmatch import Rows, is_remark, match_rows, path_shown, row_paths
from govstats.workbooks.cells import Cell, Sheet
from govstats.workbooks.values import interpret

#: Rows in which a title is looked for where no header was found.
_TITLE_ROWS = 10
#: Longest text taken for a label of an unknown sheet rather than for a remark.
_LABEL_LENGTH = 40


@dataclass(frozen=True)
class Match:
    """A sheet held against a layout.

    ``layout`` has the rows of the period. ``missing`` names what the layout declares and the
    sheet lacks, ``extra`` labels of the sheet that it does not declare, ``twice`` labels that
    stand more than once.
    """

    layout: Layout
    sheet: Sheet
    title: Cell | None
    header: Header | None
    rows: Rows | None
    missing: tuple[str, ...]
    extra: tuple[str, ...]
    declared: int

    @property
    def title_text(self) -> str:
        """The title as it stands in the sheet, '' without one."""
        return self.title.text.strip() if self.title else ""

    @property
    def twice(self) -> tuple[str, ...]:
        """Declared labels that stand more than once."""
        return (self.header.twice if self.header else ()) + (self.rows.twice if self.rows else ())

    @property
    def is_full(self) -> bool:
        """Whether the sheet has everything the layout declares."""
        return self.header is not None and not self.missing

    @cached_property
    def score(self) -> float:
        """Share of the declared labels that the sheet has, 0 to 1."""
        return 1 - len(self.missing) / self.declared if self.declared else 0.0


def match_sheet(
    sheet: Sheet, texts: dict[str, Cell], layout: Layout, period: str, units: Collection[str]
) -> Match:
    """Hold a sheet against a layout.

    Args:
        sheet: its cells.
        texts: its ``short_texts``, which serve for all layouts.
        layout: any, valid in the period or not.
        period: YYYY-MM; rows not valid then are left out.
        units: known unit symbols.
    """
    layout = layout.at(period)
    header = find_header(sheet, layout, units) if _is_worth_it(layout, texts) else None
    title = _title(sheet, layout, header)
    if header is None or len(header.found) < 2:
        return _by_overlap(sheet, layout, title, texts)
    rows = match_rows(sheet, layout, header.label_column, header.bottom, units)
    missing = _missing_title(layout, title) + header.missing + rows.missing
    extra = tuple(column.shown for column in header.extra)
    extra += tuple(cell.text.strip() for cell in rows.extra)
    return Match(layout, sheet, title, header, rows, missing, extra, _declared(layout))


def short_texts(sheet: Sheet, units: Collection[str]) -> dict[str, Cell]:
    """Short texts of a sheet in their one spelling."""
    return {
        split_unit(label(cell.text).text, units)[0]: cell
        for cell in sheet.in_order()
        if cell.kind == "text" and len(cell.text) <= _LABEL_LENGTH
    }


def _is_worth_it(layout: Layout, texts: Collection[str]) -> bool:
    """A header can only be found where its row-label column's label is."""
    return any(
        text in texts
        for column in layout.columns
        if column.role == "row_label"
        for text in column.labels
    )


def _title(sheet: Sheet, layout: Layout, header: Header | None) -> Cell | None:
    last = header.top - 1 if header else min(sheet.last_row, _TITLE_ROWS)
    for cell in sheet.in_order():
        if cell.row > last:
            break
        if cell.kind == "text" and layout.title.search(squeeze(cell.text)):
            return cell
    return None


def _missing_title(layout: Layout, title: Cell | None) -> tuple[str, ...]:
    return () if title else (layout.name_zh,)


def _by_overlap(sheet: Sheet, layout: Layout, title: Cell | None, texts: dict[str, Cell]) -> Match:
    """Likeness of a sheet whose header was not recognised: labels it shares with the layout."""
    columns = [column for column in layout.columns if column.required]
    # The levels of a nested header stand in cells of their own.
    missing = tuple(
        column.shown
        for column in columns
        if not any(text in texts for text in column.labels)
        and not all(level in texts for level in column.levels)
    )
    missing += tuple(
        path_shown(path)
        for path in row_paths(layout.rows)
        if path[-1].required and not any(text in texts for text in path[-1].labels)
    )
    # All labels are there and make no table: what is missed is the header that joins them.
    missing = missing or tuple(column.shown for column in columns)
    extra = _labels_unknown_to(layout, texts, title)
    missing = _missing_title(layout, title) + missing
    return Match(layout, sheet, title, None, None, missing, extra, _declared(layout))


def _labels_unknown_to(
    layout: Layout, texts: dict[str, Cell], title: Cell | None
) -> tuple[str, ...]:
    known = {text for row in layout.every_row() for text in row.labels}
    known |= {text for column in layout.columns for text in (*column.labels, *column.levels)}
    unit_line = layout.unit_line
    return tuple(
        cell.text.strip()
        for text, cell in texts.items()
        if text not in known
        and cell is not title
        and interpret(cell, ()).missing_kind == "text"
        and not is_remark(layout, cell)
        and not (unit_line and unit_line.search(text))
    )


def _declared(layout: Layout) -> int:
    columns = sum(column.required for column in layout.columns)
    return 1 + columns + sum(row.required for row in layout.every_row())
