"""Forms to begin with: those of the demonstration, and further shapes with layouts of the test.

What rows and columns mean is taken from ``demo/sheets``, which says it apart from the layouts;
for the further shapes it is written here by hand. Every figure of a form is another one.
"""

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from demo.knowledge import load
from tests.workbooks.fuzz_model import Column, Figure, Row, Table

DISTRICT = {"ref_area": "430602000000", "scope": "jurisdiction"}
_INSTANT = {"registered_unemployed", "registered_unemployment_rate", "survey_unemployment_rate"}
_RATES = ("growth", "completion")
DASH = "—"
#: Layouts of the shapes that no department of the project has yet.
LAYOUTS = Path(__file__).with_name("fuzz_layouts.yml")


def form(name: str) -> Table:
    """A form as it should be."""
    return deepcopy(_form(name))


@cache
def _form(name: str) -> Table:
    return replace(FORMS[name](), form=name)


def _demo(sheet_id: str, department: str) -> Table:
    knowledge = load()
    sheet = knowledge.sheets[sheet_id]
    columns = [_column(entry) for entry in sheet["columns"]]
    if sheet["rows"] == "areas":
        rows = [Row(area.printed, {"ref_area": area.ref_area}) for area in knowledge.areas]
        dims = {"scope": "jurisdiction", "period_type": "ytd"}
    else:
        rows, dims = _tree(sheet["rows"]), {**DISTRICT, "period_type": "ytd"}
    table = Table(
        sheet_id, department, sheet["title"].format(label="2020年1-3月"), columns, rows, dims,
        corner=sheet["unit_line"].removeprefix("单位:").split("、"), maker=sheet["maker"],
        feet=[[note["text"]] for note in sheet["notes"]],
    )  # fmt: skip
    if not any(column.role == "unit" for column in columns):
        table.own = table.corner[0]
    table.dims["period_end"] = "2020-03-31"
    table.feet.append(["单位负责人:演示", None, "填表人:演示", None, "报出日期:2020年4月13日"])
    table.shared = frozenset(row.own or table.own or "" for row in table.walk())
    return _filled(table)


def _column(entry: Mapping[str, Any]) -> Column:
    levels = list(entry["header"])
    last, _, unit = levels[-1].partition("(")
    levels[-1] = last
    name = "/".join(entry["header"])
    if entry.get("role"):
        return Column(name, levels, entry["role"])
    measure = entry["measure"]
    dims = {"measure": measure}
    dims |= {key: str(entry[key]) for key in ("indicator", "period_type") if key in entry}
    own = "%" if measure in _RATES else "位次" if "rank" in measure else None
    if own is None and "indicator" in entry:
        own = entry["unit"]
    return Column(name, levels, "figure", dims, own, unit.rstrip(")") or None)


def _tree(entries: list[dict[str, Any]]) -> list[Row]:
    rows: list[Row] = []
    for entry in entries:
        dims = {"indicator": entry["indicator"]}
        dims |= {"scope": entry["scope"]} if "scope" in entry else {}
        if entry["indicator"] in _INSTANT:
            dims["period_type"] = "instant"
        label = entry["label"].removeprefix("其中:")
        row = Row(label, dims, entry.get("unit"), entry.get("unit"))
        if row.own == "%" and entry["indicator"] not in _INSTANT:
            row.own = "亿元"  # the column says %, for its growth is all that is published
        for measure in entry.get("dash", []):
            row.figures[measure] = Figure(None, text=DASH, missing="not_applicable")
        is_part = entry.get("indent") and not entry["label"].startswith(("城镇居民", "农村居民"))
        (rows[-1].children if is_part else rows).append(row)
    return rows


def _filled(table: Table) -> Table:
    """Every crossing with a figure of its own, dashes left in place."""
    number = 0
    for row in table.walk():
        for part in row.children:
            table.meanings[row.name, part.name] = dict(part.dims or {})
        dashes, row.figures = row.figures, {}
        for column in table.columns:
            if column.role != "figure" or column.dims is None:
                continue
            number += 1
            dash = dashes.get(column.dims["measure"])
            if column.dims.get("period_type") == "month" and column.dims["measure"] == "level":
                dash = dashes.get("month")
            value = Decimal(1000 + 7 * number) + Decimal(number % 10) / 10
            row.figures[column.name] = dash or Figure(-value if number % 6 == 0 else value)
    return table


def _history() -> Table:
    columns = [Column("label", ["指标"], "label")]
    for year, end in (("2020年", "2020-12-31"), ("2019年", "2019-12-31"), ("2018年", "2018-12-31")):
        level = Column(f"{year}/总量", [year, "总量"], "figure", {"measure": "level"}, None)
        rate = Column(f"{year}/增速", [year, "增速"], "figure", {"measure": "growth"}, "%", "%")
        for column in (level, rate):
            column.dims = {**(column.dims or {}), "period_end": end}
            columns.append(column)
    rows = [
        Row("地区生产总值", {"indicator": "gdp"}, "亿元", children=[
            Row("第一产业", {"indicator": "gdp_primary"}, "亿元"),
            Row("第二产业", {"indicator": "gdp_secondary"}, "亿元"),
        ]),
        Row("社会消费品零售总额", {"indicator": "retail_sales"}, "亿元"),
        Row("城镇新增就业", {"indicator": "urban_new_jobs"}, "人", bracket="人"),
    ]  # fmt: skip
    table = Table(
        "history", "statistics", "岳阳楼区2020年历年主要指标", columns, rows,
        {**DISTRICT, "period_type": "year"}, "2020-12", "亿元", ["亿元"],
        shared=frozenset({"亿元", "人"}), feet=[["注:2020年为快报数"]],
    )  # fmt: skip
    return _filled(table)


def _years() -> Table:
    columns = [
        Column("label", ["时间"], "label"),
        Column("gdp", ["地区生产总值", "总量"], dims={"indicator": "gdp", "measure": "level"}),
        Column(
            "rate", ["地区生产总值", "增速"], "figure",
            {"indicator": "gdp", "measure": "growth"}, "%", "%",
        ),
        Column("retail", ["社零"], dims={"indicator": "retail_sales", "measure": "level"}),
    ]  # fmt: skip
    ends = {"2020年": "2020-12-31", "2020年前三季度": "2020-09-30", "2020年1-6月": "2020-06-30",
            "2019年": "2019-12-31", "2018年": "2018-12-31"}  # fmt: skip
    rows = [Row(label, {"period_end": end}) for label, end in ends.items()]
    table = Table(
        "years", "statistics", "岳阳楼区2020年各期主要指标", columns, rows,
        {**DISTRICT, "period_type": "ytd"}, "2020-12", "亿元", ["亿元"],
        shared=frozenset({"亿元"}), feet=[["注:快报数"]],
    )  # fmt: skip
    return _filled(table)


def _across() -> Table:
    columns = [Column("label", ["项目"], "label"), Column("unit", ["单位"], "unit")]
    columns += [
        Column(area, [area], "figure", {"ref_area": code, "measure": "level"})
        for area, code in (("岳阳楼区", "430602000000"), ("云溪区", "430603000000"),
                           ("君山区", "430611000000"), ("平江县", "430626000000"))
    ]  # fmt: skip
    rows = [
        Row("地区生产总值", {"indicator": "gdp"}, "亿元", "亿元"),
        Row("固定资产投资", {"indicator": "fixed_investment"}, "亿元", "亿元"),
        Row("居民人均可支配收入", {"indicator": "income_per_head"}, "元", "元"),
        Row("城镇新增就业", {"indicator": "urban_new_jobs"}, "人", "人"),
    ]
    table = Table(
        "across", "statistics", "2020年1-3月各县市区一览表", columns, rows,
        {"scope": "jurisdiction", "period_type": "ytd", "period_end": "2020-03-31"}, "2020-03",
        shared=frozenset({"亿元", "元", "人"}), feet=[["注:快报数"]],
    )  # fmt: skip
    return _filled(table)


def _groups() -> Table:
    """Rows under the name of a group, which stands in a column of its own."""
    columns = [
        Column("group", ["类别"], "group"),
        Column("label", ["项目"], "label"),
        Column("plan", ["年初预算"], "figure", {"measure": "plan"}),
        Column("ytd", ["金额"], "figure", {"measure": "level"}),
    ]
    groups = {
        "全口径": {"税收": "fiscal_revenue_total_tax", "总计": "fiscal_revenue_total"},
        "地方": {"税收": "general_budget_tax", "非税": "general_budget_nontax",
               "总计": "general_budget_revenue"},
    }  # fmt: skip
    rows = [
        Row(label, {"indicator": indicator}, group=group)
        for group, parts in groups.items()
        for label, indicator in parts.items()
    ]
    table = Table(
        "groups", "statistics", "2020年1-3月分类收入表", columns, rows,
        {**DISTRICT, "period_type": "ytd", "period_end": "2020-03-31"}, "2020-03", "万元",
        ["万元"], shared=frozenset({"万元"}), feet=[["注:快报数"]],
    )  # fmt: skip
    return _filled(table)


def _areas() -> Table:
    """Whatever areas the alias table knows, each once."""
    columns = [
        Column("label", ["地区"], "label"),
        Column("gdp", ["地区生产总值"], dims={"indicator": "gdp", "measure": "level"}),
        Column("retail", ["社零"], dims={"indicator": "retail_sales", "measure": "level"}),
        Column(
            "income", ["人均收入"], "figure",
            {"indicator": "income_per_head", "measure": "level"}, "元", "元",
        ),
    ]  # fmt: skip
    areas = {
        "岳阳楼区": "430602000000", "云 溪 区": "430603000000", "君山区": "430611000000",
        "经开区": "430671000000", "平江县": "430626000000", "岳阳楼街道": "430602001000",
    }  # fmt: skip
    rows = [Row(label, {"ref_area": area}) for label, area in areas.items()]
    table = Table(
        "areas", "statistics", "2020年1-3月各地简表", columns, rows,
        {"scope": "jurisdiction", "period_type": "ytd", "period_end": "2020-03-31"}, "2020-03",
        "亿元", ["亿元"], shared=frozenset({"亿元"}), feet=[["注:快报数"]],
    )  # fmt: skip
    return _filled(table)


FORMS: dict[str, Callable[[], Table]] = {
    "finance": lambda: _demo("finance_revenue", "finance"),
    "monthly": lambda: _demo("statistics_monthly", "statistics"),
    "county": lambda: _demo("statistics_county_comparison", "statistics"),
    "hrss": lambda: _demo("hrss_employment", "hrss"),
    "history": _history,
    "years": _years,
    "across": _across,
    "groups": _groups,
    "areas": _areas,
}
