"""Two years of tidy sheets from three departments, and mistakes to plant in them.

A cumulative level grows by the same amount every month and shrinks by a tenth from 2019 to
2020, so every identity, growth and rate of completion in a tidy sheet can be told by heart.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

PERIODS = [(year, month) for year in (2019, 2020) for month in (2, 3, 4)]
DISTRICT = "430602000000"

#: What a cell says instead of a computed figure, by layout, period and address.
Plants = Mapping[tuple[str, str, str], Mapping[str, Any]]


@dataclass(frozen=True)
class Row:
    """A sheet's row: level per month in 2019, in the sheet's unit; quarterly or not."""

    number: int
    indicator: str
    per_month: str
    unit: str
    plan: str = ""
    quarterly: bool = False


@dataclass(frozen=True)
class Sheet:
    """A layout, where its columns stand and its rows."""

    layout: str
    department: str
    file: str
    name: str
    columns: Mapping[str, str]
    rows: tuple[Row, ...]


SHEETS = (
    Sheet(
        "finance_revenue",
        "finance",
        "财政局/{period}/收入.xlsx",
        "收入",
        {"B": "plan", "C": "month", "D": "ytd", "E": "growth", "F": "completion"},
        (
            Row(5, "fiscal_revenue_total", "27000", "万元", "324000"),
            Row(6, "fiscal_revenue_total_tax", "25000", "万元", "300000"),
            Row(7, "general_budget_revenue", "22000", "万元", "264000"),
            Row(8, "general_budget_tax", "20000", "万元", "240000"),
            Row(9, "general_budget_nontax", "2000", "万元", "24000"),
        ),
    ),
    Sheet(
        "statistics_monthly",
        "statistics",
        "统计局/{period}/月报.xlsx",
        "月报",
        {"C": "month", "D": "ytd", "E": "growth"},
        (
            Row(5, "gdp", "50", "亿元", quarterly=True),
            Row(6, "gdp_primary", "1", "亿元", quarterly=True),
            Row(7, "gdp_secondary", "10", "亿元", quarterly=True),
            Row(8, "gdp_tertiary", "39", "亿元", quarterly=True),
            Row(14, "retail_sales", "36", "亿元"),
            Row(15, "retail_sales_above_limit", "13", "亿元"),
            Row(16, "general_budget_revenue", "2.2", "亿元"),
            Row(18, "income_per_head", "3000", "元", quarterly=True),
            Row(19, "income_per_head_urban", "3200", "元", quarterly=True),
            Row(20, "income_per_head_rural", "1800", "元", quarterly=True),
        ),
    ),
    Sheet(
        "hrss_employment",
        "hrss",
        "人社局/{period}/就业.xlsx",
        "就业失业",
        {"C": "plan", "D": "month", "E": "ytd", "F": "growth", "G": "completion"},
        (
            Row(4, "urban_new_jobs", "700", "人", "8400"),
            Row(5, "unemployed_reemployed", "250", "人", "3000"),
            Row(6, "hard_to_employ_placed", "80", "人", "960"),
        ),
    ),
)


def submissions() -> Iterator[dict[str, Any]]:
    """Rows of raw.submission: every sheet twelve days after its period."""
    for number, (sheet, year, month) in enumerate(_all(), start=1):
        period = f"{year}-{month:02}"
        yield {
            "submission_id": f"{sheet.layout}-{period}",
            "sequence_number": number,
            "department_code": sheet.department,
            "time_period": period,
            "file": sheet.file.format(period=period),
            "sha256": str(number),
            "size_bytes": 1,
            "received_at": datetime.combine(
                _end(year, month) + timedelta(days=12), datetime.min.time()
            ),
            "layout_id": sheet.layout,
            "status": "accepted",
            **dict.fromkeys(
                ("cells_total", "cells_observation", "observations"), len(sheet.rows) * 3
            ),
            **dict.fromkeys(
                ("cells_label", "cells_metadata", "cells_ignorable", "cells_unmapped"), 0
            ),
        }


def observations(plants: Plants) -> Iterator[dict[str, Any]]:
    """Rows of raw.observation, tidy but for what is planted."""
    for sheet, year, month in _all():
        period = f"{year}-{month:02}"
        for row in sheet.rows:
            for column, kind in sheet.columns.items():
                cell = f"{column}{row.number}"
                tidy = _cell(sheet, row, column, kind, year, month)
                yield tidy | plants.get((sheet.layout, period, cell), {})


def _all() -> Iterator[tuple[Sheet, int, int]]:
    for year, month in PERIODS:
        for sheet in SHEETS:
            yield sheet, year, month


def _end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def figure(row: Row, kind: str, year: int, month: int) -> Decimal | None:
    """Return a tidy sheet's figure, None where it has none."""
    per_month = Decimal(row.per_month) * (1 if year == 2019 else Decimal("0.9"))
    if kind == "plan":
        return Decimal(row.plan)
    if row.quarterly and (month != 3 or kind == "month"):
        return None
    if kind == "month":
        return None if month == 2 else per_month
    if kind == "growth":
        return Decimal("5") if year == 2019 else Decimal("-10")
    if kind == "completion":
        return (per_month * month / Decimal(row.plan) * 100).quantize(Decimal("0.1"))
    return per_month * month


def _cell(sheet: Sheet, row: Row, column: str, kind: str, year: int, month: int) -> dict[str, Any]:
    value = figure(row, kind, year, month)
    dash = kind == "month"
    return {
        "submission_id": f"{sheet.layout}-{year}-{month:02}",
        "department_code": sheet.department,
        "layout_id": sheet.layout,
        "source_precedence": 1,
        "sheet": sheet.name,
        "cell": f"{column}{row.number}",
        "row_number": row.number,
        "column_number": ord(column) - 64,
        "row_label": row.indicator,
        "column_label": kind,
        "indicator_code": row.indicator,
        "ref_area": DISTRICT,
        "scope": "jurisdiction",
        "period_end": _end(year, month),
        "period_type": {"month": "month", "plan": "year"}.get(kind, "ytd"),
        "measure": kind if kind in ("plan", "growth", "completion") else "level",
        "growth_basis": "yoy_nominal" if kind == "growth" else None,
        "value_text": str(value) if value is not None else ("—" if dash else None),
        "cell_value": value,
        "cell_unit": "%" if kind in ("growth", "completion") else row.unit,
        "obs_status": "A" if value is not None else ("M" if dash else "O"),
        "missing_kind": None if value is not None else ("not_applicable" if dash else "blank"),
    }
