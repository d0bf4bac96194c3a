"""What the anatomist finds on a sheet: tables, and what stands around them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from govstats.anatomy import times
from govstats.anatomy.captions import Caption
from govstats.anatomy.lines import Line, read_lines
from govstats.anatomy.measures import is_unit, take_unit
from govstats.anatomy.paths import row_paths
from govstats.anatomy.stubs import STUB_ROLES
from govstats.anatomy.view import BLANK, DATE, NUMBER, View
from govstats.anatomy.words import closed, year_stem
from govstats.layouts.labels import squeeze
from govstats.layouts.periods import Statement
from govstats.workbooks.cells import Cell

#: A row's path, its unit and its period.
_Named = tuple[tuple[str, ...], str | None, Statement | None]
_NAMELESS: _Named = ((), None, None)
_RATIOS = ("%", "‰", "百分点")
_RATE = re.compile(r"(率|占比|比重|增速|增幅|位次|排名|名次|指数)$|^(同比|环比)")


#: A number of things is in no unit of so much per head.
_COUNT = re.compile(
    r"^(aantal|anzahl|nombre d|número de|number of|no\. of)\b|[个户人家]数$", re.IGNORECASE
)
_PER = re.compile(r"/|\b(per|pro|par|por)\b")


def is_rate(label: str) -> bool:
    """Whether a label names a share, a rate or a rank, which no amount's unit fits."""
    return bool(_RATE.search(label))


@dataclass(frozen=True, slots=True)
class RemarkFound:
    """A cell outside the tables.

    ``kind``: title, unit_line, note, source, signature, report_date, producer, property (时间：…),
    translation, serial (row numbers without a header) or text.
    """

    kind: str
    cell: Cell

    @property
    def text(self) -> str:
        """Its words."""
        return self.cell.text


@dataclass(frozen=True)
class Block:
    """One table of a sheet.

    ``title`` are the cells above it, ``unit`` and ``period`` what they state for the whole table;
    ``header_rows`` and ``body`` are (first, last) rows (a table without header: last < first);
    ``stub_columns`` name rows, ``columns`` hold figures; ``roles`` says of each column what it
    is: serial, code, label, period, month, english, unit; figure, text, stray. ``continued``
    where the title says that it goes on from another table (续表).
    """

    view: View = field(repr=False)
    title: tuple[Cell, ...]
    unit_line: Cell | None
    unit: str | None
    period: Statement | None
    header_rows: tuple[int, int]
    stub_columns: tuple[int, ...]
    body: tuple[int, int]
    columns: tuple[int, ...]
    roles: Mapping[int, str]
    captions: Mapping[int, Caption] = field(repr=False)
    continued: bool = False

    def row_label(self, row: int) -> str:
        """The full name of a row, levels parted by "/"; '' where nothing names it."""
        return "/".join(self.row_path(row))

    def row_path(self, row: int) -> tuple[str, ...]:
        """The levels of a row's name without its unit, outermost first."""
        return self._named(row)[0]

    def column_label(self, column: int) -> str:
        """The full name of a column, levels parted by "/"."""
        return self.captions[column].label if column in self.captions else ""

    def unit_at(self, row: int, column: int) -> str | None:
        """The unit of a figure: from its cell, header, row, or the table."""
        caption = self.captions.get(column, Caption())
        path, row_unit, _ = self._named(row)
        stated = self._cell_unit(row, column) or caption.unit or self._unit_column(row) or row_unit
        if stated or self.unit is None:
            return stated
        # 完成率 is not in 万元, even where a line above the table says no other unit.
        names = (*caption.levels[-1:], *path[-1:])
        if _PER.search(self.unit) and any(map(_COUNT.search, names)):
            return None
        is_share = any(map(is_rate, names))
        return self.unit if not is_share or self.unit in _RATIOS else None

    def period_at(self, row: int, column: int) -> Statement | None:
        """The period of a figure: from its header and row label, else of the table."""
        caption = self.captions.get(column, Caption())
        beside = self._named(row)[2]
        stated = times.joined(caption.period, self._year_beside(row, column))
        period = times.joined(times.joined(stated, beside), self.period)
        is_last_years = any(times.LAST_YEARS.match(level) for level in caption.levels)
        return times.year_before(period) if is_last_years else period

    def is_figure(self, row: int, column: int) -> bool:
        """Whether a number stands there that has a name: a row without any label has none."""
        if self.roles.get(column) != "figure" or self.view.kind(row, column) != NUMBER:
            return False
        return self.body[0] <= row <= self.body[1] and (not self.stub_columns or row in self._paths)

    def figures(self) -> Iterator[tuple[int, int]]:
        """Places of figures, by row."""
        for row in range(self.body[0], self.body[1] + 1):
            for column in self.columns:
                if self.is_figure(row, column):
                    yield row, column

    def part_at(self, row: int, column: int) -> str | None:
        """What a cell is in this table: title, header, row_label, figure, …; None if not in it."""
        if any((cell.row, cell.column) == (row, column) for cell in self.title):
            return "title"
        if self.unit_line and (self.unit_line.row, self.unit_line.column) == (row, column):
            return "unit_line"
        if column not in self.roles:
            return None
        if self.header_rows[0] <= row <= self.header_rows[1]:
            return "header"
        if not self.body[0] <= row <= self.body[1]:
            return None
        role = self.roles[column]
        return "row_label" if role in STUB_ROLES else role

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The names in the body: entries and headings, broken ones joined."""
        return tuple(read_lines(self.view, range(self.body[0], self.body[1] + 1), self.roles))

    @cached_property
    def _paths(self) -> dict[int, tuple[str, ...]]:
        return {row: path for row, path in row_paths(self.lines).items() if path}

    @cached_property
    def _known(self) -> dict[int, _Named]:
        return {}

    def _named(self, row: int) -> _Named:
        """A row's path, unit and period, worked out when it is asked for."""
        if row not in self._known:
            path = self._paths.get(row, ())
            self._known[row] = self._read_path(path, row) if path else _NAMELESS
        return self._known[row]

    def _read_path(self, path: tuple[str, ...], row: int) -> _Named:
        has_years = "period" in self.roles.values()
        split = [take_unit(segment, self.view.units) for segment in path]
        # A row may be called 人 or 吨: a unit alone is a name too, and says nothing of others.
        units = [unit for text, unit in split if unit and text != unit]
        period: Statement | None = None
        for segment in reversed(path):
            is_bare = has_years and not self._has_school_years
            found = times.of_label(segment) if is_bare else times.in_text(segment)
            period = times.joined(period, found)
        for column, role in self.roles.items():
            if role == "period" and (day := self._day(row, column)):
                period = times.joined(times.of_date(day), period)
        texts = tuple(text for text, _ in split if text)
        return texts, units[-1] if units else None, period

    def _year_beside(self, row: int, column: int) -> Statement | None:
        """The year in the column that is named as this one: 起始年 says when 起始值 was."""
        beside = self._years.get(column)
        return times.of_label(self.view.raw(row, beside)) if beside else None

    @cached_property
    def _years(self) -> dict[int, int]:
        """Column of figures → the column of their years."""
        return {
            column: year
            for year, role in self.roles.items()
            if role == "year" and self._stem(year)
            for column in self.columns
            if self._is_named_as(column, year)
        }

    def _stem(self, year: int) -> str:
        return "".join(year_stem(level) for level in self.captions[year].levels[-1:])

    def _is_named_as(self, column: int, year: int) -> bool:
        *above, name = self.captions[column].levels or ("",)
        is_beside = tuple(above) == self.captions[year].levels[:-1]
        return is_beside and name.lower().startswith(self._stem(year))

    @cached_property
    def _has_school_years(self) -> bool:
        return times.are_school_years(path[-1] for path in self._paths.values())

    def _day(self, row: int, column: int) -> date | None:
        return self.view.day(row, column) if self.view.kind(row, column) == DATE else None

    def _unit_column(self, row: int) -> str | None:
        for column, role in self.roles.items():
            if role == "unit" and self.view.kind(row, column) != BLANK:
                return squeeze(closed(self.view.raw(row, column)))
        return None

    def _cell_unit(self, row: int, column: int) -> str | None:
        cell = self.view.sheet.special.get((row, column))
        if cell is not None and cell.is_percent:
            return "%"
        value = self.view.sheet.value_at(row, column)
        if not isinstance(value, str) or self.view.kind(row, column) != NUMBER:
            return None
        unit = squeeze(value).lstrip("+-(0123456789.,").rstrip(")")
        return unit if unit and is_unit(unit, self.view.units) else None


@dataclass(frozen=True)
class Anatomy:
    """The structure of a sheet: every cell that is not empty is in one block or one remark."""

    sheet: str
    blocks: tuple[Block, ...] = ()
    remarks: tuple[RemarkFound, ...] = ()

    def block_at(self, row: int, column: int) -> Block | None:
        """The table that a cell belongs to."""
        return next((block for block in self.blocks if block.part_at(row, column)), None)

    def part_at(self, row: int, column: int) -> str | None:
        """What a cell is: a part of a table, or the kind of a remark; None for an empty cell."""
        if block := self.block_at(row, column):
            return block.part_at(row, column)
        return self._kinds.get((row, column))

    @cached_property
    def _kinds(self) -> dict[tuple[int, int], str]:
        return {(found.cell.row, found.cell.column): found.kind for found in self.remarks}
