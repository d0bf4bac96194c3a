"""A form drifts from month to month: from the file to the figures and the words a person sees.

The forms are those of the project's own layouts; their figures are written down here once, by
hand, and a drift changes where they stand and never what they are.
"""

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import xlsxwriter
import yaml

from govstats.layouts.facts import Note
from govstats.observations import ReadOutcome, read_all
from govstats.settings import Settings
from tests.workbooks import builders
from tests.workbooks.builders import Range, Rows, shifted, with_cell, with_column, without_column
from tests.workbooks.submissions import submission

# plan/year month/level ytd/level ytd/growth ytd/completion, in 万元 and %
FINANCE = """\
fiscal_revenue_total      334000  21500  74269  -18.5  22.2
fiscal_revenue_total_tax  306000  19800  68103  -17.1  22.3
general_budget_revenue    312000  20100  69317  -19.4  22.2
general_budget_tax        284000  18000  62751  -18    22.1
general_budget_nontax      28000   2100   6566  -30.1  23.5
"""
FINANCE_COLUMNS = (
    ("plan", "year"), ("level", "month"), ("level", "ytd"), ("growth", "ytd"),
    ("completion", "ytd"),
)  # fmt: skip
# Of 地区生产总值 and of 城镇居民人均可支配收入, which has another unit: month, ytd, growth.
MONTHLY = {
    ("gdp", "month", "level"): (None, "亿元"),
    ("gdp", "ytd", "level"): ("129.5", "亿元"),
    ("gdp", "ytd", "growth"): ("-9.8", "%"),
    ("income_per_head_urban", "month", "level"): (None, "元"),
    ("income_per_head_urban", "ytd", "level"): ("10034", "元"),
    ("income_per_head_urban", "ytd", "growth"): ("1", "%"),
}
# Of 岳阳楼区 and 平江县: level and growth of output, rank of income.
COUNTY = {
    ("430602000000", "gdp", "level"): ("2", "亿元"),
    ("430602000000", "gdp", "growth"): ("2.01", "%"),
    ("430602000000", "income_per_head", "rank"): ("2.13", "位次"),
    ("430626000000", "gdp", "level"): ("8", "亿元"),
    ("430626000000", "gdp", "growth"): ("8.01", "%"),
    ("430626000000", "income_per_head", "rank"): ("8.13", "位次"),
}


@dataclass
class Page:
    """A sheet to be written; hidden rows and columns count from 1."""

    rows: Rows
    merges: Sequence[Range] = ()
    name: str = "Sheet1"
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[int] = ()


def write(path: Path, *pages: Page) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path) as book:
        for page in pages:
            sheet = book.add_worksheet(page.name)
            for top, left, bottom, right in page.merges:
                sheet.merge_range(top - 1, left - 1, bottom - 1, right - 1, "")
            for row, values in enumerate(page.rows):
                for column, value in enumerate(values):
                    if value is not None:
                        sheet.write(row, column, value)
            for row in page.hidden_rows:
                sheet.set_row(row - 1, None, None, {"hidden": True})
            for column in page.hidden_columns:
                sheet.set_column(column - 1, column - 1, None, None, {"hidden": True})


# ── the files ────────────────────────────────────────────────────────────────────────────────

Pages = tuple[Page, ...]


def finance(
    change: Callable[[Rows], Rows] = list, *, merges: Sequence[Range] | None = None
) -> Page:
    rows, drawn = builders.finance()
    return Page(change(rows), drawn if merges is None else merges, "收入")


def monthly(change: Callable[[Rows], Rows] = list) -> Page:
    rows, merges = builders.monthly()
    return Page(change(rows), merges, "月报")


def county(change: Callable[[Rows], Rows] = list, merges: Sequence[Range] | None = None) -> Page:
    rows, drawn = builders.county()
    return Page(change(rows), drawn if merges is None else merges, "对比表")


def _files() -> Iterator[tuple[str, Pages]]:
    yield "财政局/as it should be", (finance(),)
    yield "统计局/as it should be", (monthly(), county())
    yield (
        "财政局/row",
        (finance(lambda rows: [*rows[:6], ["上划中央收入", 1, 2, 3, 4, 5], *rows[6:]]),),
    )
    wide = [(1, 1, 1, 7), (3, 1, 4, 1), (3, 2, 4, 2), (3, 3, 4, 3), (3, 4, 4, 4), (3, 5, 3, 7)]
    last_year = {3: "上年同期", **dict.fromkeys(range(5, 10), 91128)}
    yield "财政局/column", (finance(lambda rows: with_column(rows, 3, last_year), merges=wide),)
    yield "财政局/alias", (finance(lambda rows: with_cell(rows, 5, 1, "公共财政总收入")),)
    yield "财政局/order", (finance(_reordered, merges=[(3, 1, 4, 1), (3, 2, 3, 4)]),)
    yield "统计局/extra row", (monthly(lambda rows: [*rows[:13], ["全社会用电量", "亿元", 1, 2, 3],
                                                    *rows[13:]]),)  # fmt: skip
    yield "统计局/extra column", (_with_exports(),)
    yield "财政局/removed row", (finance(lambda rows: rows[:8] + rows[9:]),)
    yield "统计局/removed column", (county(lambda rows: without_column(rows, 4),
                                        [(3, 1, 4, 1), (3, 2, 3, 3)]),)  # fmt: skip
    yield "财政局/unit", (finance(lambda rows: with_cell(rows, 2, 6, "单位:亿元")),)
    yield "统计局/unit", (monthly(lambda rows: with_cell(rows, 5, 2, "万元")),
                        county(lambda rows: with_cell(rows, 4, 2, "总量(万元)")))  # fmt: skip
    yield "财政局/last year", (Page(*builders.finance("2019年1-3月")),)
    yield "统计局/swapped", (county(), monthly())
    yield (
        "统计局/swapped names",
        (replace(county(), name="月报"), replace(monthly(), name="对比表")),
    )
    yield "财政局/hidden", (replace(finance(), hidden_rows=[6], hidden_columns=[3]),)
    yield "财政局/unmerged", (finance(merges=[]),)
    moved = [(1, 1, 1, 3), (2, 1, 2, 4), (3, 4, 3, 6), (3, 2, 4, 2)]
    yield "财政局/moved merges", (finance(merges=moved),)
    yield "财政局/short merge", (finance(merges=[(3, 1, 4, 1), (3, 4, 3, 5)]),)


def _reordered(rows: Rows) -> Rows:
    """累计完成 with its three columns goes before 年初预算 and 本月完成."""
    wide = [[*row, *[None] * (6 - len(row))] for row in rows]
    body = [[row[0], *row[3:6], *row[1:3]] for row in wide[2:9]]
    return [*rows[:2], *body, *rows[9:]]


def _with_exports() -> Page:
    rows, merges = builders.county()
    rows = with_column(
        rows, 5, {3: "进出口总额", 4: "总量(亿元)", **dict.fromkeys(range(5, 19), 99)}
    )
    kept = [merge for merge in merges if merge[1] < 5]
    return Page(rows, kept + [shifted([m], columns=1)[0] for m in merges if m[1] >= 5], "对比表")


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory, project: Path) -> Mapping[str, ReadOutcome]:
    """Every file as the project's own layouts read it."""
    settings = Settings(root=project, data=tmp_path_factory.mktemp("drift"), workers=1)
    return _read(settings)


@pytest.fixture(scope="module")
def tolerant(tmp_path_factory: pytest.TempPathFactory, project: Path) -> Mapping[str, ReadOutcome]:
    """The same where the layouts set aside whatever can be."""
    root = tmp_path_factory.mktemp("tolerant")
    for name in ("layouts", "dbt_project/seeds"):
        shutil.copytree(project / name, root / name)
    for path in (root / "layouts").glob("*.yml"):
        text = path.read_text("utf-8")
        path.write_text(text.replace("missing: refuse", "missing: quarantine"), "utf-8")
    return _read(Settings(root=root, data=root / "data", workers=1))


def _read(settings: Settings) -> Mapping[str, ReadOutcome]:
    refs = []
    for name, pages in _files():
        department, _, what = name.partition("/")
        path = settings.data / "raw" / department / "2020-03" / f"{what}.xlsx"
        write(path, *pages)
        refs.append(submission(settings.data / "raw", path))
    found = read_all(refs, settings)
    return {name: outcome for (name, _), outcome in zip(_files(), found, strict=True)}


# ── what is compared ─────────────────────────────────────────────────────────────────────────


def money(outcome: ReadOutcome) -> str:
    """The figures of the finance form in the notation above."""
    assert outcome.refusal is None, outcome.refusal.text_en()
    read = {(o.indicator_code, o.measure, o.period_type): o for o in outcome.observations}
    assert len(read) == len(outcome.observations) == 25
    assert {o.cell_unit for o in read.values() if o.measure in ("growth", "completion")} == {"%"}
    lines = []
    for line in FINANCE.splitlines():
        indicator = line.split()[0]
        values = [read[indicator, *column].cell_value for column in FINANCE_COLUMNS]
        lines.append([indicator, *(f"{value.normalize():f}" for value in values if value)])
    return str(lines)


def as_written(table: str) -> str:
    return str([line.split() for line in table.splitlines()])


def unit_of_money(outcome: ReadOutcome) -> set[str]:
    return {o.cell_unit for o in outcome.observations if o.measure in ("plan", "level")}


def of_monthly(outcome: ReadOutcome) -> dict[tuple[str, ...], tuple[str | None, str]]:
    assert outcome.refusal is None, outcome.refusal.text_en()
    return {
        (o.indicator_code, o.period_type, o.measure): (
            None if o.cell_value is None else f"{o.cell_value.normalize():f}", o.cell_unit,
        )
        for o in outcome.observations
        if o.layout_id == "statistics_monthly" and o.scope == "jurisdiction"
        if (o.indicator_code, o.period_type, o.measure) in MONTHLY
    }  # fmt: skip


def of_county(outcome: ReadOutcome) -> dict[tuple[str, ...], tuple[str | None, str]]:
    assert outcome.refusal is None, outcome.refusal.text_en()
    return {
        (o.ref_area, o.indicator_code, o.measure): (
            None if o.cell_value is None else f"{o.cell_value.normalize():f}", o.cell_unit,
        )
        for o in outcome.observations
        if o.layout_id == "statistics_county_comparison"
        if (o.ref_area, o.indicator_code, o.measure) in COUNTY
    }  # fmt: skip


def unmapped(outcome: ReadOutcome) -> list[str]:
    return [cell.cell for cell in outcome.cells if cell.fate == "unmapped"]


def only_note(outcome: ReadOutcome) -> Note:
    (note,) = outcome.notes
    return note


# ── the tests ────────────────────────────────────────────────────────────────────────────────


def test_the_forms_as_they_should_be(outcomes: Mapping[str, ReadOutcome]) -> None:
    first, second = outcomes["财政局/as it should be"], outcomes["统计局/as it should be"]
    assert money(first) == as_written(FINANCE)
    assert unit_of_money(first) == {"万元"}
    assert (of_monthly(second), of_county(second)) == (MONTHLY, COUNTY)
    assert [*first.notes, *second.notes, *unmapped(first), *unmapped(second)] == []


def test_an_inserted_row(outcomes: Mapping[str, ReadOutcome]) -> None:
    outcome = outcomes["财政局/row"]
    assert money(outcome) == as_written(FINANCE)
    assert unmapped(outcome) == ["A7", "B7", "C7", "D7", "E7", "F7"]
    note = only_note(outcome)
    assert (note.kind, note.cell) == ("unknown_row", "A7")
    assert note.found_zh == (
        "工作表“收入”A7的“上划中央收入”一行有数,但版式 finance_revenue 没有登记,该行未读取"
    )


def test_an_inserted_column(outcomes: Mapping[str, ReadOutcome]) -> None:
    outcome = outcomes["财政局/column"]
    assert money(outcome) == as_written(FINANCE)
    assert unmapped(outcome) == ["C3", "C5", "C6", "C7", "C8", "C9"]
    note = only_note(outcome)
    assert (note.kind, note.cell) == ("unknown_column", "C4")
    assert "“上年同期”一栏有数" in note.found_zh


def test_a_label_renamed_to_an_alias(outcomes: Mapping[str, ReadOutcome]) -> None:
    outcome = outcomes["财政局/alias"]
    assert money(outcome) == as_written(FINANCE)
    assert unmapped(outcome) == []
    note = only_note(outcome)
    assert (note.kind, note.cell) == ("renamed_label", "A5")
    assert note.found_zh == ("工作表“收入”A5的名称是“公共财政总收入”,按别名表识别为“财政总收入”")
    assert "total: also: [公共财政总收入]" in note.remedy_zh


def test_reordered_columns(outcomes: Mapping[str, ReadOutcome]) -> None:
    outcome = outcomes["财政局/order"]
    assert money(outcome) == as_written(FINANCE)
    places = {(o.measure, o.period_type): o.cell for o in outcome.observations
              if o.indicator_code == "fiscal_revenue_total"}  # fmt: skip
    assert places == {
        ("level", "ytd"): "B5", ("growth", "ytd"): "C5", ("completion", "ytd"): "D5",
        ("plan", "year"): "E5", ("level", "month"): "F5",
    }  # fmt: skip
    assert not outcome.notes


def test_an_extra_indicator(outcomes: Mapping[str, ReadOutcome]) -> None:
    row, column = outcomes["统计局/extra row"], outcomes["统计局/extra column"]
    assert of_monthly(row) == MONTHLY
    assert (only_note(row).kind, only_note(row).cell) == ("unknown_row", "A14")
    assert unmapped(row) == ["A14", "B14", "C14", "D14", "E14"]
    assert of_county(column) == COUNTY
    note = only_note(column)
    assert (note.kind, note.cell) == ("unknown_column", "E4")
    assert "“进出口总额/总量”一栏有数" in note.found_zh
    assert unmapped(column) == ["E3", "E4", *(f"E{row}" for row in range(5, 19))]


def test_a_removed_indicator(
    outcomes: Mapping[str, ReadOutcome], tolerant: Mapping[str, ReadOutcome]
) -> None:
    refusal = outcomes["财政局/removed row"].refusal
    assert refusal is not None
    assert refusal.code == "missing_labels"
    assert refusal.found_zh == (
        "“财政局/2020-03/removed row.xlsx”工作表“收入”像是《一般公共预算收入完成情况表》"
        "(finance_revenue),但缺少“一般公共预算收入/非税收入”,多出无"
    )
    column = outcomes["统计局/removed column"].refusal
    assert column is not None
    assert "缺少“地区生产总值/位次”" in column.found_zh
    read = tolerant["财政局/removed row"]
    assert len(read.observations) == 20
    assert {o.indicator_code for o in read.observations} == {
        line.split()[0] for line in FINANCE.splitlines()[:4]
    }
    assert (only_note(read).kind, "“一般公共预算收入/非税收入”" in only_note(read).found_zh) == (
        "missing_row", True,
    )  # fmt: skip
    rest = {key: value for key, value in COUNTY.items() if key[2] != "rank" or key[1] != "gdp"}
    assert of_county(tolerant["统计局/removed column"]) == rest
    assert only_note(tolerant["统计局/removed column"]).kind == "missing_column"


def test_a_changed_unit(outcomes: Mapping[str, ReadOutcome]) -> None:
    corner = outcomes["财政局/unit"]
    assert money(corner) == as_written(FINANCE)
    assert unit_of_money(corner) == {"亿元"}
    assert not corner.notes
    both = outcomes["统计局/unit"]
    expected = {key: (value, "万元" if unit == "亿元" else unit)
                for key, (value, unit) in MONTHLY.items()}  # fmt: skip
    assert of_monthly(both) == {**expected, ("gdp", "month", "level"): (None, "亿元")}
    assert of_county(both) == {
        key: (value, "万元" if key[1:] == ("gdp", "level") else unit)
        for key, (value, unit) in COUNTY.items()
    }
    note = only_note(both)  # the corner of the first table still says 亿元
    assert (note.kind, note.sheet, note.cell) == ("unit_conflict", "月报", "D5")
    assert "计量单位栏“万元”、单位行“亿元、%”" in note.found_zh


def test_last_years_title_left_in_place(outcomes: Mapping[str, ReadOutcome]) -> None:
    outcome = outcomes["财政局/last year"]
    assert outcome.refusal is not None
    assert (outcome.refusal.code, outcome.layout_id) == ("period_conflict", "finance_revenue")
    assert not outcome.observations
    assert "“2019年1-3月”" in outcome.refusal.found_zh
    assert "2020-03" in outcome.refusal.text_zh()


def test_two_sheets_swapped(outcomes: Mapping[str, ReadOutcome]) -> None:
    straight = outcomes["统计局/as it should be"]
    for name in ("统计局/swapped", "统计局/swapped names"):
        swapped = outcomes[name]
        assert (of_monthly(swapped), of_county(swapped)) == (MONTHLY, COUNTY)
        assert len(swapped.observations) == len(straight.observations)
        assert not swapped.notes
    assert [table.layout_id for table in outcomes["统计局/swapped"].tables] == [
        "statistics_county_comparison", "statistics_monthly",
    ]  # fmt: skip


def test_hidden_rows_and_columns(outcomes: Mapping[str, ReadOutcome]) -> None:
    outcome = outcomes["财政局/hidden"]
    assert money(outcome) == as_written(FINANCE)
    note = only_note(outcome)
    assert note.kind == "hidden_figures"
    assert note.found_zh == (
        "工作表“收入”的《一般公共预算收入完成情况表》有隐藏的行或列(行:6;列:C),其中有数,已照常读取"
    )


@pytest.mark.parametrize("name", ["财政局/unmerged", "财政局/moved merges"])
def test_merged_cells_moved(outcomes: Mapping[str, ReadOutcome], name: str) -> None:
    assert money(outcomes[name]) == as_written(FINANCE)
    assert not outcomes[name].notes
    assert unmapped(outcomes[name]) == []


def test_a_heading_merged_over_too_few_columns(outcomes: Mapping[str, ReadOutcome]) -> None:
    """累计完成 says itself that 占年初预算 is none of its columns; nobody guesses."""
    refusal = outcomes["财政局/short merge"].refusal
    assert refusal is not None
    assert refusal.code == "missing_labels"
    assert "缺少“累计完成/占年初预算(%)”,多出“占年初预算”" in refusal.found_zh


def test_what_to_add_is_yaml(outcomes: Mapping[str, ReadOutcome]) -> None:
    """The lines of every refusal can be pasted into a layout."""
    lines = [o.refusal.lines for o in outcomes.values() if o.refusal and o.refusal.lines]
    assert len(lines) >= 1
    assert all(isinstance(yaml.safe_load(text), dict) for text in lines)
