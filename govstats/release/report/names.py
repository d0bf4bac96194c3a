"""Names and words by code, in both languages, from the dimensions and the seeds."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from govstats.release.report.words import Both, Text


@dataclass(frozen=True)
class Names:
    """Names by code; a code without a name is shown as it is."""

    departments: dict[str, Both]
    areas: dict[str, Both]
    indicators: dict[str, Both]
    periods: dict[date, Both]
    layouts: dict[str, Both]
    systems: dict[str, Both]
    units: dict[str, Both]
    fields: dict[tuple[str, str], Both]
    words: dict[tuple[str, str], Both]

    def department(self, code: str | None) -> Both:
        """Return the short name of a department, of none for what belongs to none."""
        if not code:
            return Both("未归属部门", "No department")
        return self.departments.get(code, Both(code))

    def area(self, code: str) -> Both:
        """Return the name of an area."""
        return self.areas.get(code, Both(code))

    def indicator(self, code: str) -> Both:
        """Return the name of an indicator."""
        return self.indicators.get(code, Both(code))

    def period(self, end: date) -> Both:
        """Return the label of the period that ends on a day."""
        return self.periods.get(end, Both(end.isoformat()))

    def layout(self, code: str) -> Both:
        """Return the name of a sheet that departments owe."""
        return self.layouts.get(code, Both(code))

    def field(self, layout: str, field: str) -> Both:
        """Return the name of a register's field by the layout of its sheet."""
        return self.fields.get((layout, field), Both(field))

    def word(self, of: str, code: str) -> Both:
        """Return the word for a code of list ``of`` of the seed ``codes``."""
        return self.words.get((of, code), Both(code))

    def unit(self, unit: Text) -> Text:
        """Return a unit in both languages; ``%`` and what is no unit of measure stay."""
        if isinstance(unit, Both) or unit.startswith(("%", "‰")):
            return unit
        return self.units.get(unit, Both(unit))


#: Dated dimensions may name a code more than once: the last row, the newest name, wins.
_SOURCES = {
    "departments": "department_code, short_name_zh, name_en from marts.dim_department "
    "order by department_code, valid_from nulls first",
    "areas": "ref_area, name_zh, name_en from marts.dim_area "
    "order by ref_area, valid_from nulls first",
    "indicators": "indicator_code, name_zh, name_en from marts.dim_indicator "
    "order by indicator_code, valid_from nulls first",
    "periods": "period_end, label_zh, label_en from marts.dim_period order by period_end",
    "layouts": "layout_id, name_zh, name_en from seeds.reporting_duties "
    "order by layout_id, valid_from nulls first",
    "systems": "system_code, name_zh, name_en from seeds.systems order by system_code",
    "units": "unit_measure, unit_measure, name_en from seeds.units order by unit_measure",
}


def read(connection: duckdb.DuckDBPyConnection) -> Names:
    """Return every name that the report may need."""

    def rows(columns: str) -> list[tuple[Any, ...]]:
        return connection.execute(f"select {columns}").fetchall()

    found = {
        name: {code: Both(zh, en or "") for code, zh, en in rows(columns)}
        for name, columns in _SOURCES.items()
    }
    roles = rows(
        "layout_id, role, role.name_zh, role.name_en from seeds.registers "
        "inner join seeds.register_roles as role using (register_kind) order by layout_id, role"
    )
    fields = {(layout, role): Both(zh, en or "") for layout, role, zh, en in roles}
    codes = rows("list, code, name_zh, name_en from seeds.codes order by list, code")
    words = {(of, code): Both(zh, _capital(en)) for of, code, zh, en in codes}
    return Names(**found, fields=fields, words=words)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
