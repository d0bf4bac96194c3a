"""The further sheets of a return workbook: originals as they look, findings highlighted."""

from collections.abc import Collection, Mapping, Sequence

from xlsxwriter.worksheet import Worksheet

from govstats.returns import wording
from govstats.returns.copies import SheetCopy, width
from govstats.workbooks.cells import Merge, Place, column_letters
from govstats.xlsxtext import Style, TextBook

_PLAIN: Style = {"font_size": 10, "border": 1, "border_color": "#C4C9D1", "text_wrap": True}
_FIGURE: Style = {**_PLAIN, "align": "right"}
#: Seen by its thick border and its dots where the colour is not.
_MARKED: Style = {
    "border": 5, "border_color": "#B91C1C", "bold": True,
    "pattern": 17, "fg_color": "#F59E0B", "bg_color": "#FEF3C7",
}  # fmt: skip
_TAB = "#9CA3AF"
_LINE_HEIGHT, _MOST_LINES, _NARROW = 14, 20, 8.0


def draw(
    book: TextBook, page: Worksheet, copy: SheetCopy, notes: Mapping[Place, str], file: str
) -> None:
    """Draw a copy; every cell stands where it stood.

    Args:
        book: the workbook.
        page: an empty sheet of it.
        copy: what the original shows.
        notes: what is said of its cells, by place.
        file: where the original lies.
    """
    for column, wide in copy.widths.items():
        page.set_column(column - 1, column - 1, wide)
    merges = _apart(copy.merges)
    shown = copy.texts.keys() | notes.keys()
    for merge in merges:
        place = merge.top, merge.left
        corners = (merge.top - 1, merge.left - 1, merge.bottom - 1, merge.right - 1)
        inside = [at for at in notes if merge.covers(*at)]
        style: Style = {**_style(copy, place, bool(inside)), "align": "center"}
        book.merge(page, corners, copy.texts.get(place), style)
    covered = {place for merge in merges for place in shown if merge.covers(*place)}
    for row, column in sorted(shown - covered):
        style = _style(copy, (row, column), (row, column) in notes)
        book.write(page, row - 1, column - 1, copy.texts.get((row, column)), style)
    for row, lines in _heights(copy, covered).items():
        page.set_row(row - 1, lines * _LINE_HEIGHT)
    for (row, column), text in sorted(notes.items()):
        book.note(page, row - 1, column - 1, text)
    _finish(book, page, copy, notes, file)


def _style(copy: SheetCopy, place: Place, is_marked: bool) -> Style:
    style = _FIGURE if place in copy.figures else _PLAIN
    return {**style, **_MARKED} if is_marked else style


def _heights(copy: SheetCopy, covered: Collection[Place]) -> dict[int, int]:
    """Lines that the longest text of a row needs, where that is more than one."""
    lines: dict[int, int] = {}
    for (row, column), text in copy.texts.items():
        if (row, column) not in covered:
            wide = max(copy.widths.get(column, _NARROW) - 1, 1)
            needed = sum(-(-width(part) // wide) or 1 for part in text.split("\n"))
            lines[row] = max(lines.get(row, 1), min(int(needed), _MOST_LINES))
    return {row: count for row, count in sorted(lines.items()) if count > 1}


def _apart(merges: Sequence[Merge]) -> list[Merge]:
    """Merged ranges of several cells that do not overlap: a broken file may have others."""
    kept: list[Merge] = []
    for merge in merges:
        is_one = (merge.top, merge.left) == (merge.bottom, merge.right)
        if not is_one and not any(_overlap(merge, other) for other in kept):
            kept.append(merge)
    return kept


def _overlap(one: Merge, other: Merge) -> bool:
    apart = (
        one.bottom < other.top
        or other.bottom < one.top
        or one.right < other.left
        or other.right < one.left
    )
    return not apart


def _finish(
    book: TextBook, page: Worksheet, copy: SheetCopy, notes: Mapping[Place, str], file: str
) -> None:
    cut = _hide_gaps(page, copy)
    last_column = max(copy.widths, default=1)
    if copy.last_column > last_column:
        cut += wording.COPY_WIDE.format(column=column_letters(last_column))
    about = wording.COPY_NOTE.format(file=file, sheet=copy.name, cut=cut)
    if (1, 1) not in notes:
        book.note(page, 0, 0, about)
    page.set_tab_color(_TAB)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_header(wording.COPY_HEAD)
    page.protect("", {"format_columns": True, "format_rows": True})


def _hide_gaps(page: Worksheet, copy: SheetCopy) -> str:
    """Hide rows of the original that the copy leaves out; says which."""
    said = ""
    for first, last in copy.gaps:
        said += wording.COPY_CUT.format(first=first, last=last)
        if last < copy.last_row:
            for row in range(first, last + 1):
                page.set_row(row - 1, None, None, {"hidden": True})
    return said
