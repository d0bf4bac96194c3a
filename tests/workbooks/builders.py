"""Builders of small workbooks as departments send them; figures are made up for the test."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter

Cell = str | float | int | None
Rows = list[list[Cell]]
#: (top, left, bottom, right), counted from 1.
Range = tuple[int, int, int, int]


def workbook(
    path: Path,
    rows: Sequence[Sequence[Cell]],
    merges: Sequence[Range] = (),
    sheet: str = "Sheet1",
    formats: Mapping[tuple[int, int], str] | None = None,
    more: Mapping[str, Sequence[Sequence[Cell]]] | None = None,
) -> Path:
    """A workbook of one sheet.

    Args:
        path: where to write it.
        rows: content; None leaves a cell out.
        merges: merged ranges, whose content stands in their first cell.
        sheet: its name.
        formats: number formats by place, counted from 1.
        more: further sheets.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path) as book:
        _fill(book, sheet, rows, merges, formats or {})
        for name, content in (more or {}).items():
            _fill(book, name, content, (), {})
    return path


def _fill(
    book: xlsxwriter.Workbook,
    name: str,
    rows: Sequence[Sequence[Cell]],
    merges: Sequence[Range],
    formats: Mapping[tuple[int, int], str],
) -> None:
    page = book.add_worksheet(name)
    for top, left, bottom, right in merges:
        page.merge_range(top - 1, left - 1, bottom - 1, right - 1, "")
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            style = formats.get((row + 1, column + 1))
            form = book.add_format({"num_format": style}) if style else None
            if value is None:
                continue
            if isinstance(value, str) and value.startswith("=") and len(value) > 1:
                # As a spreadsheet stores it: the formula, and its result behind a stroke.
                formula, _, result = value.partition("|")
                page.write_formula(row, column, formula, form, result)
            elif isinstance(value, str):
                page.write_string(row, column, value, form)
            else:
                page.write_number(row, column, value, form)


def finance(period: str = "2020年1-3月", unit: str = "万元") -> tuple[Rows, list[Range]]:
    """一般公共预算收入完成情况表: the same label twice, told apart by the row above."""
    rows: Rows = [
        [f"岳阳楼区{period}一般公共预算收入完成情况表"],
        ["制表单位:岳阳楼区财政局", None, None, None, None, f"单位:{unit}"],
        ["项目", "年初预算", "本月完成", "累计完成"],
        [None, None, None, "金额", "同比增长(%)", "占年初预算(%)"],
        ["财政总收入", 334000, 21500, 74269, -18.5, 22.2],
        ["　其中:税收收入", 306000, 19800, 68103, -17.1, 22.3],
        ["一般公共预算收入", 312000, 20100, 69317, -19.4, 22.2],
        ["　其中:税收收入", 284000, 18000, 62751, -18.0, 22.1],
        ["　　　非税收入", 28000, 2100, 6566, -30.1, 23.5],
        ["注:同比增长为同口径"],
        ["单位负责人:甲", None, "填表人:乙", None, None, "报出日期:2020年4月13日"],
    ]
    merges = [(1, 1, 1, 6), (3, 1, 4, 1), (3, 2, 4, 2), (3, 3, 4, 3), (3, 4, 3, 6)]
    return rows, merges


def monthly(period: str = "2020年1-3月") -> tuple[Rows, list[Range]]:
    """主要经济指标月报: units by row, two header rows, a row of another scope."""
    rows: Rows = [
        [f"岳阳楼区{period}主要经济指标月报"],
        ["制表单位:岳阳楼区统计局", None, None, None, "单位:亿元、%"],
        ["指标名称", "计量单位", "本月", "累计"],
        [None, None, "绝对量", "绝对量", "同比增长(%)"],
        ["地区生产总值", "亿元", "—", 129.5, -9.8],
        ["　其中:第一产业", "亿元", "—", 0.9, -5.1],
        ["　　　第二产业", "亿元", "—", 20.3, -11.2],
        ["　　　第三产业", "亿元", "—", 108.3, -9.4],
        ["地区生产总值(含南湖新区、经开区)", "亿元", "—", 210.7, -9.1],
        ["规模以上工业增加值", "%", "—", "—", -8.4],
        ["固定资产投资", "亿元", 17.9, 28.1, -20.4],
        ["　其中:产业投资", "亿元", 7.2, 11.33, -18.8],
        ["　　　房地产开发投资", "亿元", 5.1, 8.15, -22.6],
        ["社会消费品零售总额", "亿元", 38.2, 104.59, -14.2],
        ["　其中:限额以上单位零售额", "亿元", 13.9, 37.67, -15.0],
        ["一般公共预算收入", "亿元", 2.01, 6.93, -19.4],
        ["　其中:税收收入", "亿元", 1.8, 6.28, -18.0],
        ["居民人均可支配收入", "元", "—", 9871, 1.2],
        ["　城镇居民人均可支配收入", "元", "—", 10034, 1.0],
        ["　农村居民人均可支配收入", "元", "—", 9120, 1.9],
        ["注:地区生产总值增速按不变价计算"],
    ]
    merges = [(1, 1, 1, 5), (3, 1, 4, 1), (3, 2, 4, 2), (3, 4, 3, 5)]
    return rows, merges


def county(period: str = "2020年1-3月") -> tuple[Rows, list[Range]]:
    """县市区主要指标对比表: areas in rows, indicators in a nested header with its units."""
    groups = [
        ("地区生产总值", "亿元"),
        ("固定资产投资", ""),
        ("社会消费品零售总额", "亿元"),
        ("一般公共预算收入", "亿元"),
        ("居民人均可支配收入", "元"),
    ]
    upper: list[Cell] = ["县市区"]
    lower: list[Cell] = [None]
    merges: list[Range] = [(3, 1, 4, 1)]
    for name, unit in groups:
        labels: list[Cell] = [f"总量({unit})"] if unit else []
        labels += ["增速(%)", "位次"]
        merges.append((3, len(upper) + 1, 3, len(upper) + len(labels)))
        upper += [name] + [None] * (len(labels) - 1)
        lower += labels
    areas = ["全  市", "岳阳楼区", "云 溪 区", "君山区", "岳阳县", "华容县", "湘阴县", "平江县"]
    areas += ["汨罗市", "临湘市", "经开区", "南湖新区", "城陵矶新港区", "屈原管理区"]
    body: Rows = [
        [area] + [row + place / 100 for place in range(14)] for row, area in enumerate(areas, 1)
    ]
    title: Rows = [[f"岳阳市各县市区{period}主要经济指标对比表"], []]
    return [*title, upper, lower, *body], merges


def employment(period: str = "2020年1-3月") -> tuple[Rows, list[Range]]:
    """就业失业情况月报: rates that only the city publishes, counts at a point in time."""
    rows: Rows = [
        [f"岳阳楼区{period}就业失业情况月报"],
        ["指标", "单位", "年度目标", "本月", "累计", "累计同比增长(%)", "完成率(%)"],
        ["▲城镇新增就业", "人", "9000人", 512, 1100, -30.2, 12.2],
        ["失业人员再就业", "人", 3300, 190, "３９６", -28.8, "12%"],
        ["就业困难人员就业", "人", 1000, "…", 131, -15, 13.1],
        ["期末登记失业人数", "人", "—", "—", "7,431", 4.6, "—"],
        ["登记失业率", "%", 4.5, "—", 2.95, "—", "—"],
        ["城镇调查失业率", "%", "—", "—", "—", "—", "—"],
        ["注:城镇调查失业率由国家统计局调查"],
    ]
    return rows, [(1, 1, 1, 7)]


def with_cell(rows: Rows, row: int, column: int, value: Cell) -> Rows:
    """The rows with one cell changed, counted from 1."""
    changed = [list(values) + [None] * (column - len(values)) for values in rows]
    changed[row - 1][column - 1] = value
    return changed


def without_column(rows: Rows, column: int) -> Rows:
    """The rows without a column, counted from 1."""
    return [values[: column - 1] + values[column:] for values in rows]


def with_column(rows: Rows, column: int, values: Mapping[int, Cell]) -> Rows:
    """The rows with a column put in, its values by row, counted from 1."""
    wide = [list(row) + [None] * (column - 1 - len(row)) for row in rows]
    return [
        [*row[: column - 1], values.get(number), *row[column - 1 :]]
        for number, row in enumerate(wide, 1)
    ]


def shifted(merges: Sequence[Range], *, rows: int = 0, columns: int = 0) -> list[Range]:
    """Merged ranges moved down and right."""
    return [(t + rows, left + columns, b + rows, r + columns) for t, left, b, r in merges]
