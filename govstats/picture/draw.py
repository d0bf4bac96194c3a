"""From a sheet and what its cells were read as to the picture of it."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from govstats.picture.model import Band, Basis, Box, Line, Meaning, SheetPicture
from govstats.workbooks.cells import Cell, Merge, Place, Sheet

#: The part of a sheet that is always shown, from A1 on.
ROWS = 300
COLUMNS = 60
#: Rows and columns beyond it that are shown because they hold cells without a meaning.
MORE_ROWS = 200
MORE_COLUMNS = 40
#: Longest text of a cell that a picture carries.
TEXT = 300


def draw(
    sheet: Sheet,
    meanings: Mapping[Place, Meaning],
    counts: Mapping[str, int],
    *,
    wanted: Collection[Place] = (),
    view: "Window | None" = None,
    basis: Basis = "read",
    layout_id: str = "",
) -> SheetPicture:
    """Draw a sheet.

    Args:
        sheet: its cells.
        meanings: what the cells of its ``window`` were read as.
        counts: cells of the whole sheet by fate.
        wanted: as given to ``window``.
        view: rows and columns to show instead.
        basis: what the meanings rest on.
        layout_id: the layout that was tried, where it is that.
    """
    view = view or window(sheet, wanted)
    drawing = _Drawing(sheet, meanings, view)
    return SheetPicture(
        name=sheet.name,
        is_visible=sheet.is_visible,
        cells=sheet.count,
        merged=len(sheet.merges),
        last_row=sheet.last_row,
        last_column=sheet.last_column,
        columns=view.columns,
        bands=tuple(drawing.bands()),
        hidden_rows=tuple(sorted(sheet.hidden_rows)),
        hidden_columns=tuple(sorted(sheet.hidden_columns)),
        counts=tuple(counts.items()),
        basis=basis,
        layout_id=layout_id,
    )


@dataclass(frozen=True)
class Window:
    """The rows and columns of a sheet that a picture shows, ascending."""

    rows: tuple[int, ...]
    columns: tuple[int, ...]


def window(sheet: Sheet, wanted: Collection[Place] = ()) -> Window:
    """What a picture shows of a sheet: its beginning, and rows and columns of ``wanted`` places.

    Args:
        sheet: of any size.
        wanted: places to show although they lie further out; of very many, the first.
    """
    rows = {row for row, _ in wanted if row > ROWS}
    columns = {column for _, column in wanted if column > COLUMNS}
    return Window(
        (*range(1, min(sheet.last_row, ROWS) + 1), *sorted(rows)[:MORE_ROWS]),
        (*range(1, min(sheet.last_column, COLUMNS) + 1), *sorted(columns)[:MORE_COLUMNS]),
    )


@dataclass
class _Drawing:
    sheet: Sheet
    meanings: Mapping[Place, Meaning]
    view: Window

    def bands(self) -> Iterator[Band]:
        """The shown rows, one band for each run of them: no merged cell crosses a gap."""
        before = 0
        for run in _runs(self.view.rows):
            yield Band(tuple(self._lines(run)), skipped=run[0] - before - 1)
            before = run[-1]

    def _lines(self, rows: Sequence[int]) -> Iterator[Line]:
        spans, covered = self._merged(rows)
        for row in rows:
            is_hidden = row in self.sheet.hidden_rows
            boxes = tuple(
                self._box(row, column, spans.get((row, column)), is_hidden)
                for column in self.view.columns
                if (row, column) not in covered
            )
            yield Line(row, boxes, is_hidden)

    def _merged(
        self, rows: Sequence[int]
    ) -> tuple[dict[Place, tuple[Merge, int, int]], set[Place]]:
        """Merged ranges by the first place of theirs that is shown, and the places they cover."""
        spans: dict[Place, tuple[Merge, int, int]] = {}
        covered: set[Place] = set()
        for merge in self.sheet.merges:
            down = _between(rows, merge.top, merge.bottom)
            across = _between(self.view.columns, merge.left, merge.right)
            places = [(row, column) for row in down for column in across]
            # Ranges that overlap are a fault of the file; the first one counts.
            if places and covered.isdisjoint(places) and spans.keys().isdisjoint(places):
                spans[places[0]] = (merge, len(down), len(across))
                covered.update(places[1:])
        return spans, covered

    def _box(
        self, row: int, column: int, span: tuple[Merge, int, int] | None, is_hidden: bool
    ) -> Box:
        merge, rows, columns = span or (None, 1, 1)
        place = (merge.top, merge.left) if merge else (row, column)
        is_hidden = is_hidden or column in self.sheet.hidden_columns
        cell = self.sheet.at(*place)
        if cell is None:
            return Box(row, column, rows=rows, columns=columns, is_hidden=is_hidden)
        shown = shown_text(cell)
        return Box(
            row,
            column,
            text=shortened(shown),
            stored=shortened(cell.text) if cell.text != shown else "",
            is_figure=cell.kind == "number",
            meaning=self.meanings.get(place),
            rows=rows,
            columns=columns,
            is_hidden=is_hidden,
        )


def shown_text(cell: Cell) -> str:
    """What a person sees in the cell; the stored text where its format is not known."""
    return cell.text if cell.shown is None else cell.shown


def shortened(text: str) -> str:
    """The text, cut where it is longer than a picture carries."""
    return text if len(text) <= TEXT else text[:TEXT] + "…"


def _runs(numbers: Iterable[int]) -> Iterator[list[int]]:
    """1, 2, 3, 7, 8 → [1, 2, 3], [7, 8]."""
    run: list[int] = []
    for number in numbers:
        if run and number != run[-1] + 1:
            yield run
            run = []
        run.append(number)
    if run:
        yield run


def _between(numbers: Sequence[int], first: int, last: int) -> Sequence[int]:
    return numbers[bisect_left(numbers, first) : bisect_right(numbers, last)]
