"""Entries of a register or ledger: which rows they are, under which heading; nothing is read yet.

A ledger may have 100,000 rows: rows are told apart on the grid, without a ``Cell`` for each.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from govstats.layouts.header import Header
from govstats.layouts.index import SheetIndex
from govstats.layouts.labels import squeeze
from govstats.layouts.model import Layout
from govstats.workbooks.cells import Place, Stored

#: How a heading is numbered: 一、 (二) 第三部分.
_NUMBERED = re.compile(
    r"[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）]|第[一二三四五六七八九十]+"
)
#: Blank rows after which a remark ends the table, or below one.
_GAP = 2


@dataclass(frozen=True)
class Entries:
    """Rows of one part of a register.

    ``sections`` names the heading above each row, ``totals`` are rows that sum others up,
    ``heads`` the places of headings. ``is_blank`` where nothing but remarks, numbered headings
    and numbers of rows stands below the header: there was nothing to report.
    """

    rows: tuple[int, ...] = ()
    sections: tuple[str | None, ...] = ()
    totals: frozenset[int] = frozenset()
    heads: frozenset[Place] = frozenset()
    is_blank: bool = False


def find_entries(
    index: SheetIndex,
    layout: Layout,
    header: Header,
    last: int,
    is_aside: Callable[[str], bool],
    section: str | None = None,
) -> Entries:
    """The entries below a header block.

    Args:
        index: of the sheet.
        layout: a register or ledger.
        header: the block.
        last: the last row that may belong to the part.
        is_aside: tells the squeezed text of remarks.
        section: the heading that the part before ended with.
    """
    finder = _Finder(index, layout, header, is_aside, section)
    finder.run(last)
    return Entries(
        tuple(finder.rows), tuple(finder.sections), frozenset(finder.totals),
        frozenset(finder.heads), finder.is_blank,
    )  # fmt: skip


class _Finder:
    def __init__(
        self,
        index: SheetIndex,
        layout: Layout,
        header: Header,
        is_aside: Callable[[str], bool],
        section: str | None,
    ) -> None:
        self._sheet = index.sheet
        self._totals = layout.totals.search if layout.totals else lambda _: None
        self._is_aside = is_aside
        self._header = header
        keys = [entry.column for entry in header.with_role("field") if _is_key(entry.declared)]
        serials = [entry.column for entry in header.with_role("serial")]
        self._serials = tuple(column - 1 for column in serials)
        names = [*serials, *keys]
        self._keys = tuple(column - 1 for column in keys)
        #: Where the word for a total may stand, and whether that is a key.
        self._names = tuple((column - 1, column in keys) for column in sorted(names))
        self._section = section
        self._extra = Counter(
            row for row, column in self._sheet.special if self._sheet.value_at(row, column) == ""
        )
        self._merged_rows = {
            row for merge in self._sheet.merges for row in range(merge.top, merge.bottom + 1)
        }
        self.rows: list[int] = []
        self.sections: list[str | None] = []
        self.totals: set[int] = set()
        self.heads: set[Place] = set()
        self.is_blank = True

    def run(self, last: int) -> None:
        grid, extra = self._sheet.grid, self._extra
        first = self._header.bottom
        blanks, is_below, is_noted = 0, False, False
        for number, values in enumerate(grid[first:last], start=first + 1):
            filled = len(values) - values.count("") + (extra[number] if extra else 0)
            if not filled:
                blanks += 1
                continue
            leading = self._leading(values)
            is_remark = bool(leading) and self._is_aside(leading)
            if (is_remark or is_below) and blanks >= _GAP:
                break
            blanks, is_below, is_noted = 0, is_remark, is_noted or is_remark
            if filled == 1:
                self._alone(number, values, is_remark=is_remark)
            elif not is_remark:
                # a register that numbers its entries has each of them once
                if is_noted and self._serials and self._is_there(values):
                    break
                self._entry(number, values)

    def _is_there(self, values: Sequence[Stored]) -> bool:
        """Whether an entry of the same key stands above: below a remark, a piece pasted there."""
        key = self._key(values)
        grid = self._sheet.grid
        return any(key) and any(self._key(grid[row - 1]) == key for row in self.rows)

    def _key(self, values: Sequence[Stored]) -> list[str]:
        found = (values[at] if at < len(values) else "" for at in self._keys)
        return [squeeze(value) if isinstance(value, str) else repr(value) for value in found]

    @staticmethod
    def _leading(values: Sequence[Stored]) -> str:
        """The first cell's text, squeezed; '' where it is no text."""
        for value in values:
            if value != "":
                return squeeze(value) if type(value) is str else ""
        return ""

    def _alone(self, number: int, values: Sequence[Stored], *, is_remark: bool) -> None:
        """A row with one cell: a heading, unless it is a remark or no text."""
        column, value = next(
            ((at, value) for at, value in enumerate(values, start=1) if value != ""), (0, "")
        )
        text = value.strip() if isinstance(value, str) else ""
        is_head = bool(_NUMBERED.match(text))
        is_serial = column - 1 in self._serials and (not text or text.isdigit())
        self.is_blank &= is_remark or is_head or is_serial
        if text and not is_remark:
            if self._is_bare_entry(number, column, text):
                self._entry(number, values)
                return
            self._section = text
            self.heads.add((number, column))

    def _is_bare_entry(self, number: int, column: int, text: str) -> bool:
        """A work of which only the name is filled in; headings stand where rows begin."""
        if not self._serials or column - 1 not in self._keys or _NUMBERED.match(text):
            return False
        return self._sheet.merge_at(number, column) is None

    def _entry(self, number: int, values: Sequence[Stored]) -> None:
        self.is_blank = False
        is_total, is_named = self._named(values)
        if not is_total and not is_named and not self._has_merged_key(number):
            return
        self.rows.append(number)
        self.sections.append(self._section)
        if is_total:
            self.totals.add(number)

    def _named(self, values: Sequence[Stored]) -> tuple[bool, bool]:
        """(whether it is a total, whether a key is there)."""
        is_total = is_named = False
        width = len(values)
        for column, is_key in self._names:
            value = values[column] if column < width else ""
            if value != "":
                is_named = is_named or is_key
                if type(value) is str and self._totals(squeeze(value)):
                    is_total = True
        return is_total, is_named

    def _has_merged_key(self, number: int) -> bool:
        """A key merged over several rows speaks for each of them."""
        if number not in self._merged_rows:
            return False
        shown = (self._sheet.shown_at(number, column + 1) for column in self._keys)
        return any(cell is not None and cell.row > self._header.bottom for cell in shown)


def _is_key(column: object) -> bool:
    return bool(getattr(column, "is_key", False))
