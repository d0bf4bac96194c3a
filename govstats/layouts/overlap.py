"""Likeness of a sheet to a layout whose header was not recognised: the labels they share."""

from collections.abc import Iterator

from govstats.layouts.context import path_shown, row_paths
from govstats.layouts.index import LABEL_LENGTH, SheetIndex
from govstats.layouts.labels import squeeze
from govstats.layouts.match import Match
from govstats.layouts.model import Layout
from govstats.workbooks.cells import Cell
from govstats.workbooks.values import interpret

#: Rows in which a title is looked for where no header was found.
_TITLE_ROWS = 10


def by_overlap(index: SheetIndex, layout: Layout) -> Match:
    """What of a layout is anywhere on a sheet.

    Args:
        index: of the sheet.
        layout: already that of the period.
    """
    texts = index.places
    title = next(
        (line for line in index.lines_between(1, _TITLE_ROWS) if layout.title.search(line.text)),
        None,
    )
    columns = [column for column in layout.columns if column.required and not column.each]
    # The levels of a nested header stand in cells of their own.
    missing = [
        column.shown
        for column in columns
        if not any(text in texts for text in column.labels)
        and not all(level in texts for level in column.levels)
    ]
    missing += [
        path_shown(path)
        for path in row_paths(layout.rows)
        if path[-1].required and not any(text in texts for text in path[-1].labels)
    ]
    # All labels are there and make no table: what is missed is the header that joins them.
    missing = missing or [column.shown for column in columns]
    missing = ([] if title else [layout.name_zh]) + missing
    if layout.axis in ("period", "entry") or layout.any_area:
        missing.append(f"{layout.anchor.shown}:*")
    extra = _unknown(index, layout, index.cell(title) if title else None)
    return Match(layout, index.sheet, (), tuple(missing), tuple(extra))


def _unknown(index: SheetIndex, layout: Layout, title: Cell | None) -> Iterator[str]:
    """Labels of the sheet that the layout does not know."""
    known = {text for column in layout.columns for text in (*column.labels, *column.levels)}
    known |= layout.row_labels
    for text, places in index.places.items():
        if text in known:
            continue
        cell = index.sheet.at(*places[-1])
        if cell is None or cell == title or len(cell.text) > LABEL_LENGTH:
            continue
        if interpret(cell, ()).missing_kind == "text" and not layout.is_aside(squeeze(cell.text)):
            yield cell.text.strip()
