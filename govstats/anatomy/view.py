"""A sheet as the anatomist sees it: what kind of thing stands in each cell."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from functools import cached_property

from govstats.anatomy.measures import is_unit
from govstats.anatomy.words import is_code
from govstats.layouts.labels import squeeze
from govstats.numbers import plain
from govstats.workbooks.cells import Cell, Sheet, Stored, exact

#: Kinds of cells, one sign each: a row is a string of them.
BLANK, NUMBER, TEXT, DATE, MISSING = " ", "n", "t", "d", "-"
_NUMERIC = re.compile(
    r"^[-+▲△]?[(\[]?[-+]?[¥$€£]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?[%‰]?[)\]]?$|^[-+]?\.\d+%?$"
)
_QUANTITY = re.compile(r"^[-+]?\d[\d,]*(?:\.\d+)?([^\d\s.,%‰-].*)$")
_GONE = re.compile(
    r"^(?:[-—–−‐.…·/*×]+|\.{2,}|N/?A|n/?a|NaN|NULL|不适用|无数据|缺|#.+[!?]|#N/A|x)$"
)
#: The most common figures kept as text, told at a glance.
_PLAIN = re.compile(r"(?:[1-9]\d{0,9}|0)(?:\.\d+)?$")
_BY_TYPE: dict[type, str] = {float: NUMBER, int: NUMBER, bool: TEXT}
#: A text of so many digits and no separator is a code or a telephone number.
_LONGEST_NUMBER = 11


class View:
    """Kinds of all cells of a sheet, by row.

    ``kinds[row]`` is a string whose sign at ``column - 1`` is the kind of that cell; trailing
    blanks are left out. White space alone counts as blank.
    """

    def __init__(self, sheet: Sheet, units: frozenset[str]) -> None:
        self.sheet = sheet
        self.units = units
        self._known: dict[str, str] = {"": BLANK}
        self.kinds = [""]
        for values in sheet.grid:
            self.kinds.append("".join(map(self._kind, values)).rstrip())
        for (row, column), cell in sheet.special.items():
            self._put(row, column, self._special(cell))

    @cached_property
    def last_row(self) -> int:
        """Last row in which anything is to be seen."""
        return max((row for row, kinds in enumerate(self.kinds) if kinds), default=0)

    @cached_property
    def last_column(self) -> int:
        """Last column in which anything is to be seen."""
        return max(map(len, self.kinds))

    def kind(self, row: int, column: int) -> str:
        """The kind of a cell."""
        if 0 < row < len(self.kinds):
            kinds = self.kinds[row]
            return kinds[column - 1] if 0 < column <= len(kinds) else BLANK
        return BLANK

    def filled(self, row: int) -> list[int]:
        """Columns of a row in which something stands."""
        return [column for column, kind in enumerate(self.kinds[row], start=1) if kind != BLANK]

    def raw(self, row: int, column: int) -> str:
        """The text at a place as it was typed, '' where nothing stands."""
        value = self.sheet.value_at(row, column)
        if isinstance(value, str):
            if value or (row, column) not in self.sheet.special:
                return value
        elif isinstance(value, int | float) and not isinstance(value, bool):
            return plain(exact(float(value)))
        cell = self.sheet.at(row, column)
        return cell.text if cell else ""

    def value(self, row: int, column: int) -> float | None:
        """The number at a place, also one that is stored as text."""
        value = self.sheet.value_at(row, column)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return float(value)
        if isinstance(value, str) and self.kind(row, column) == NUMBER:
            try:
                return float(_tight(value).strip("%‰()").replace(",", ""))
            except ValueError:
                return None
        return None

    def day(self, row: int, column: int) -> date | None:
        """The date at a place."""
        value = self.sheet.value_at(row, column)
        if isinstance(value, date):
            return value
        cell = self.sheet.at(row, column)
        return cell.date if cell else None

    def cells(self, rows: range, columns: range) -> Iterator[Cell]:
        """Cells in which something is to be seen, by row."""
        for row in rows:
            for column in self.filled(row):
                if column in columns and (cell := self.sheet.at(row, column)):
                    yield cell

    def _put(self, row: int, column: int, kind: str) -> None:
        while len(self.kinds) <= row:
            self.kinds.append("")
        kinds = self.kinds[row].ljust(column)
        self.kinds[row] = (kinds[: column - 1] + kind + kinds[column:]).rstrip()

    def _kind(self, value: Stored) -> str:
        if isinstance(value, str):
            return self._known.get(value) or self._learn(value)
        return _BY_TYPE.get(type(value), DATE)

    def _learn(self, text: str) -> str:
        if text[0].isdecimal() and text.isascii() and _PLAIN.match(text):
            return NUMBER
        kind = self._known[text] = self._text_kind(text)
        return kind

    def _special(self, cell: Cell) -> str:
        if cell.kind == "date":
            return DATE
        if cell.kind == "error":
            return MISSING
        return self._kind(cell.content)

    def _text_kind(self, text: str) -> str:
        short = text.strip()
        if not short:
            return BLANK
        if len(short) > 40:
            return TEXT
        tight = _tight(short)
        if _GONE.match(tight):
            return MISSING
        if _NUMERIC.match(tight):
            is_key = tight.isdigit() and (len(tight) >= _LONGEST_NUMBER or _is_padded(tight))
            return TEXT if is_key else NUMBER
        quantity = _QUANTITY.match(tight)
        if quantity and not is_code(tight) and is_unit(quantity[1], self.units):
            # 3年 or 2月 is a time, 8950人 is a figure.
            return TEXT if quantity[1] in ("年", "月", "日", "岁", "号") else NUMBER
        return TEXT


def _is_padded(digits: str) -> bool:
    return len(digits) > 1 and digits[0] == "0"


def _tight(text: str) -> str:
    return squeeze(unicodedata.normalize("NFKC", text).replace("−", "-"))
