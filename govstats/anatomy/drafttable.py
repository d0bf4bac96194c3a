"""The draft of one table's layout."""

import re
from collections.abc import Mapping, Sequence

from govstats.anatomy.draftcolumns import DraftColumn, figure_columns, other_columns, stub_columns
from govstats.anatomy.draftregister import is_register, write_fields
from govstats.anatomy.draftrows import rows_axis, write_rows
from govstats.anatomy.meanings import cycle_of, lasting, period_type_of
from govstats.anatomy.measures import take_unit
from govstats.anatomy.model import Anatomy, Block
from govstats.anatomy.words import has_han, property_of
from govstats.anatomy.yamltext import Draft, Value, flow, scalar, single_quoted
from govstats.layouts.labels import squeeze
from govstats.layouts.seeds import Seeds

#: A note that says on what growth is computed.
_SAME_SCOPE = re.compile(r"(同比|增长|增速|增幅)[^;。]{0,8}同口径")
#: The usual note that figures are not final.
_PROVISIONAL = r"^注\d*:(本期|本月|本表)?数据为(预计|快报|初步)数"
_DRIFT: dict[str, Value] = {
    "renamed": "accept",
    "extra": "quarantine",
    "missing": "refuse",
    "conflict": "refuse",
}


class TableDraft:
    """Writes the layout of one table."""

    def __init__(
        self,
        draft: Draft,
        parts: Sequence[Block],
        sheet: Anatomy,
        seeds: Seeds,
        bases: Mapping[str, str],
    ) -> None:
        self.draft = draft
        self.parts = parts
        self.block = block = parts[0]
        self.seeds = seeds
        self.bases = bases
        titles = [cell.text for cell in block.title]
        self.title = next((text for text in titles if has_han(text)), "".join(titles[:1]))
        self.cycle = cycle_of(self.title, block.period)
        kinds = {period_type_of(block.column_label(column)) for column in block.columns}
        if self.cycle == "year" and kinds & {"month", "ytd"}:
            self.cycle = "cumulative_month"
        self.area = self._area()
        self.properties = [remark.text for remark in sheet.remarks if remark.kind == "property"]
        notes = [squeeze(remark.text) for remark in sheet.remarks if remark.kind == "note"]
        self.is_same_scope = any(map(_SAME_SCOPE.search, notes))

    def write(self, number: int, sheet: str) -> None:
        """All of it; ``sheet`` where its name must be matched."""
        add = self.draft.add
        name = lasting(self.title, self._area_names()) or sheet or f"table {number}"
        add(1, f"- id: draft_{number}", check="a name of your own")
        add(2, f"name_zh: {scalar(name)}")
        add(2, f"name_en: {scalar(f'Draft {number}')}", check="the sheet's name in English")
        add(2, "source_precedence: 1")
        self._validity()
        if is_register(self.block):
            is_long = self.block.body[1] - self.block.body[0] > 500
            add(2, f"shape: {'ledger' if is_long else 'register'}")
        add(2, f"drift: {flow(_DRIFT)}")
        self._title(name)
        if sheet:
            add(2, f"sheet: {single_quoted('^' + re.escape(squeeze(sheet)) + '$')}")
        if self.block.continued or len(self.parts) > 1:
            add(2, "continued: true")
        said = "" if self.cycle else "nothing says how often the table comes"
        add(2, f"period: {{cycle: {self.cycle or 'cumulative_month'}}}", check=said)
        if self.block.unit_line:
            add(2, "unit_line: '^(计量)?单位:(?P<units>.+)$'")
        if is_register(self.block):
            write_fields(self.draft, self.block, self.seeds)
        else:
            self._table()

    def _table(self) -> None:
        axis = rows_axis(self.block, self.seeds)
        cycle = self.cycle or "cumulative_month"
        columns = figure_columns(self.block, self.seeds, cycle, axis)
        self._dims(axis, columns)
        self.draft.add(2, "columns:", "" if columns else "no column of figures was found")
        for column in (*stub_columns(self.block), *columns, *other_columns(self.block)):
            if axis != "indicator" and column.dims.get("measure") == "growth":
                self._basis(column)
            column.write(self.draft)
        grows = any(column.dims.get("measure") == "growth" for column in columns)
        bases = self.bases if grows and not self.is_same_scope else {}
        write_rows(self.draft, self.parts, self.seeds, axis, columns, bases)
        self.draft.add(2, "provisional:")
        self.draft.add(3, f"- {{pattern: {single_quoted(_PROVISIONAL)}}}")

    def _basis(self, column: DraftColumn) -> None:
        code = column.dims.get("indicator", "")
        column.dims["growth_basis"] = self.bases.get(code, "yoy_nominal")
        if code not in self.bases:
            column.check.append("growth_basis yoy_nominal")

    def _dims(self, axis: str, columns: Sequence[DraftColumn]) -> None:
        dims: dict[str, Value] = {}
        todo, check = [], ["scope"]
        if axis != "area" and not any(column.each == "area" for column in columns):
            dims["ref_area"] = self.area or "000000000000"
            if not self.area:
                todo.append("ref_area: no area of area_aliases.csv in the title")
        dims["scope"] = "jurisdiction"
        if columns and all(column.is_assumed for column in columns):
            dims["period_type"] = columns[0].dims["period_type"]
            check.append("period_type")
            for column in columns:
                del column.dims["period_type"]
        if self.block.unit:
            dims["unit"] = self.block.unit
            if self.block.unit not in self.seeds.units:
                todo.append(f"unit {self.block.unit} is not in units.csv")
        if axis != "indicator" and not any("indicator" in column.dims for column in columns):
            dims["indicator"] = self._indicator() or "todo"
            if dims["indicator"] == "todo":
                todo.append("indicator: code of seeds/indicators.csv")
        if axis == "indicator" and any(c.dims.get("measure") == "growth" for c in columns):
            dims["growth_basis"] = "same_scope" if self.is_same_scope else "yoy_nominal"
            check.append("growth_basis of rows that state none")
        self.draft.add(2, f"dims: {flow(dims)}", "; ".join(todo), ", ".join(check))

    def _validity(self) -> None:
        period = self.block.period
        if period and period.year:
            month = period.last or 1
            self.draft.add(2, f'valid_from: "{period.year}-{month:02d}"', check="first period")
        else:
            self.draft.add(2, 'valid_from: "2000-01"', check="first period of this form")

    def _title(self, name: str) -> None:
        if self.title:
            todo = "the title of the first part" if self.block.continued else ""
            self.draft.add(2, f"title: {single_quoted(_pattern(name))}", todo)
        else:
            self.draft.add(2, "title: TODO", todo="the sheet has no title: agree on one")

    def _indicator(self) -> str | None:
        """The one that a line such as 指标：某某总值(亿元) names."""
        for text in self.properties:
            stated = property_of(text)
            name = squeeze(take_unit(stated[1], self.seeds.unit_symbols)[0]) if stated else ""
            if code := self.seeds.indicator_aliases.get(name):
                return code
        return None

    def _area_names(self) -> tuple[str, ...]:
        plain = squeeze(self.title)
        return tuple(name for name in self.seeds.area_codes if name in plain)

    def _area(self) -> str | None:
        """The area with the longest name in the title; the most special where one holds another."""
        names = sorted(self._area_names(), key=len, reverse=True)
        return self.seeds.area_codes[names[0]] if names else None


def _pattern(text: str) -> str:
    return re.sub(r"([\\.^$*+?{}\[\]|()])", r"\\\1", squeeze(text))
