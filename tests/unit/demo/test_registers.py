"""Sheets made of entries: what they show, where they agree, what is wrong in them on purpose."""

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from demo.book import Book
from demo.figures import build
from demo.knowledge import load
from demo.periods import Period, legal_periods
from demo.registers.draw import cell_of
from demo.registers.entries import standing
from demo.registers.now import Now
from demo.registers.values import METHODS, value_of

Show = Callable[..., dict[str, dict[str, Any]]]

PERIODS = [str(period) for period in legal_periods([2019, 2020])]
YEAR = PERIODS[11:]


@pytest.fixture(scope="module")
def book() -> Book:
    return build(load(), 2020)


@pytest.fixture(scope="module")
def show(book: Book) -> Show:
    """A sheet as it is printed: fields by entry key."""

    def printed(sheet: str, period: str, edition: str = "first") -> dict[str, dict[str, Any]]:
        now = Now(book, book.knowledge.sheets[sheet], Period.parse(period), edition)
        return {
            entry[now.key]: {
                column["id"]: cell_of(now, entry, column) for column in now.sheet["columns"]
            }
            for entry in standing(now)
        }

    return printed


def registers(book: Book) -> list[dict[str, Any]]:
    return [s for s in book.knowledge.sheets.values() if s.get("shape") == "register"]


def test_every_exception_names_a_cell_that_is_there(book: Book) -> None:
    for sheet in registers(book):
        columns = {column["id"] for column in sheet["columns"]}
        for cell in sheet.get("cells", []):
            now = Now(book, sheet, Period.parse(str(cell["period"])), "first")
            assert cell["column"] in columns, cell
            assert cell["why"], cell
            assert cell["entry"] in {entry[now.key] for entry in standing(now)}, cell


def test_entries_have_no_field_that_nothing_reads(book: Book) -> None:
    further = {"section", "since", "until", "forms", "plan"}
    for sheet in registers(book):
        columns = {column["id"] for column in sheet["columns"]}
        for entry in sheet.get("entries", []):
            assert set(entry) <= columns | further, (sheet["sheet_id"], entry)


def test_nothing_known_later_than_the_periods_end_is_shown(book: Book, show: Show) -> None:
    for sheet in ("ecology_findings", "petitions_cases", "development_requests"):
        for period in PERIODS:
            last = Period.parse(period).last_day
            for case, cells in show(sheet, period).items():
                now = Now(book, book.knowledge.sheets[sheet], Period.parse(period), "")
                entry = next(e for e in standing(now) if e["case_number"] == case)
                assert entry["dispatched_on"] <= last
                closed = value_of(now, entry, "closed_on")
                assert closed is None or (isinstance(closed, date) and closed <= last)
                assert (cells["closed_on"] is None) == (closed is None)


def test_the_scorecard_counts_its_ledger_but_for_one_cell(show: Show) -> None:
    off = []
    for period in PERIODS:
        ledger = show("statistics_units_above", period).values()
        for area, cells in show("statistics_area_scorecard", period, "revised").items():
            counts = [
                sum(line["area"] == area and line["change"] == word for line in ledger)
                for word in ("入库", "退库")
            ]
            if [cells["entries_done"], cells["exits_done"]] != counts:
                off.append((period, area, int(cells["entries_done"]) - counts[0]))
            assert cells["net_done"] == cells["entries_done"] - cells["exits_done"] >= 0
    assert off == [("2020-09", "王家河街道", 1)]


@pytest.mark.parametrize(
    ("table", "row", "register", "off"),
    [
        ("ecology_quality", "其中:未销号问题", "ecology_findings", [("2020-07", -1)]),
        ("petitions_stock", "其中:未化解信访积案和安置房问题", "petitions_cases", []),
    ],
)
def test_open_cases_are_those_of_the_list(
    show: Show, table: str, row: str, register: str, off: list[Any]
) -> None:
    found = []
    for period in PERIODS:
        cases = show(register, period).values()
        n_open = sum(case["closed_on"] is None for case in cases)
        shown = int(show(table, period)[row]["done"])
        if shown != n_open:
            found.append((period, shown - n_open))
    assert found == off


def test_the_year_ends_as_the_targets_need_it(show: Show) -> None:
    assert show("ecology_quality", "2020-12")["其中:未销号问题"]["done"] == 0
    assert show("ecology_quality", "2020-12")["扬尘清洗降尘设备覆盖率"]["done"] == 100
    assert show("petitions_stock", "2020-12")["其中:未化解信访积案和安置房问题"]["done"] == 3
    assert show("civil_affairs_platforms", "2020-12")["建成社区服务平台"]["done"] == 6
    works = show("supervision_works", "2020-12")
    assert works["全面小康先进县"]["stage"] == "未获"
    assert works["第七次全国人口普查"]["stage"] == "普查完成"
    assert show("supervision_works", "2020-11")["脱贫攻坚验收"]["stage"] == "通过验收"
    assert {show("supervision_works", p)["全面小康先进县"]["stage"] for p in YEAR[:-1]} == {None}


def test_petitions_rise_in_the_middle_of_the_year_and_fall_at_its_end(show: Show) -> None:
    def stock(period: str) -> int:
        return int(show("petitions_stock", period)["信访存量"]["done"])

    higher = [p for p in YEAR if stock(p) > stock(f"2019{p[4:]}")]
    assert higher == [f"2020-{month:02}" for month in range(4, 10)]
    assert stock("2020-12") < stock("2019-12")


def test_a_corrected_figure_of_air_quality_flips_its_direction(show: Show) -> None:
    row = "空气质量优良天数比例"
    before = show("ecology_quality", "2019-08")[row]["done"]
    assert show("ecology_quality", "2020-08", "first")[row]["done"] < before
    assert show("ecology_quality", "2020-08", "revised")[row]["done"] > before


def test_the_halted_site_stands_still_from_march_to_july(show: Show) -> None:
    stages = {p: show("supervision_works", p)["雷锋山安置点主体"]["stage"] for p in YEAR}
    halted = [p for p, stage in stages.items() if "停" in stage]
    assert halted == [f"2020-{month:02}" for month in range(3, 8)]
    assert stages["2020-11"] == "主体封顶"


def test_late_stalled_and_finished_projects(show: Show) -> None:
    def project(name: str, field: str) -> dict[str, Any]:
        return {period: show("development_projects", period)[name][field] for period in YEAR}

    assert project("胥家桥综合物流园", "stage")["2020-12"] == "主体施工"
    assert project("胥家桥综合物流园", "due")["2020-12"] == "2020年9月30日"
    assert project("湖鲜小镇", "stage")["2020-09"] == "前期手续"
    assert project("湖鲜小镇", "stage")["2020-10"] == "已开工"
    flat = project("四化建商区", "done_value")
    assert len({flat[p] for p in YEAR[3:8]}) == 1
    assert project("荣盛金鹗御府", "stage")["2020-08"] == "主体施工"
    assert project("荣盛金鹗御府", "stage")["2020-07"] == "主体封顶"
    assert project("花板桥商区提质", "stage")["2020-10"] == "扫尾阶段"
    assert project("城市配送中心", "stage")["2020-12"] == "投入运营"


@pytest.mark.parametrize("months", ["07", "08"])
def test_the_published_livelihood_figures(show: Show, shared: Path, months: str) -> None:
    name = f"minsheng_2019_01-{months}_transcribed.csv"
    sheet = list(show("supervision_livelihood", f"2019-{months}").values())
    with (shared / "reference" / name).open(encoding="utf-8") as stream:
        published = list(csv.DictReader(stream))
    assert published
    for row in published:
        cells = sheet[int(row["序号"]) - 1]
        done = row[f"1-{int(months)}月实际完成情况"]
        assert cells["name"] == row["项目名称"]
        assert cells["lead"] == row["责任单位"]
        assert cells["task"] == row["目标任务"]
        assert str(cells["done_value"] or "") == done, row
        assert str(cells["completion"] or "") == row["任务完成率"], row


def test_wrong_and_missing_rates_of_the_livelihood_items(show: Show) -> None:
    wrong = {}
    for period in PERIODS:
        for name, cells in show("supervision_livelihood", period).items():
            if cells["completion"] and not cells["done_value"]:
                wrong[name] = "no figure"
    assert wrong["郭镇特色小镇"] == wrong["建设公益骨灰塔"] == "no figure"
    early = show("supervision_livelihood", "2020-10", "first")["改造老旧小区"]["completion"]
    assert early == "96%"
    later = show("supervision_livelihood", "2020-10", "revised")["改造老旧小区"]["completion"]
    assert later != early


def test_ranks_of_the_tax_sheet_but_one(show: Show) -> None:
    off = []
    for period in PERIODS:
        cells = show("tax_area", period)
        figures = {area: int(str(row["done"]).translate(WIDE)) for area, row in cells.items()}
        for area, row in cells.items():
            place = 1 + sum(figure > figures[area] for figure in figures.values())
            if row["rank_value"] != place:
                off.append((period, area))
    assert off == [("2020-08", "枫桥湖街道")]


WIDE = str.maketrans("０１２３４５６７８９", "0123456789")


@pytest.mark.parametrize("sheet", ["statistics_area_scorecard", "tax_area", "development_projects"])
def test_cumulative_amounts_never_fall(book: Book, sheet: str) -> None:
    seeded = Book(book.knowledge, 7, book.figures, book.units, book.published)
    field = {"statistics_area_scorecard": "invest_done"}.get(sheet)
    field = field or ("done" if sheet == "tax_area" else "done_value")
    for known in (book, seeded):
        last: dict[tuple[str, int], Any] = {}
        for period in legal_periods([2019, 2020]):
            now = Now(known, known.knowledge.sheets[sheet], period, "")
            for entry in standing(now):
                value = value_of(now, entry, field)
                place = (entry[now.key], period.year)
                assert value is not None
                assert value >= last.get(place, 0), (place, period)
                last[place] = value


def test_ninety_communities_of_all_areas_with_grades(show: Show) -> None:
    cells = show("civil_affairs_communities", "2020-09").values()
    assert len(cells) == 90
    assert len({row["area"] for row in cells}) == 15
    assert {row["grade"] for row in cells if row["grade"]} >= {"优秀", "良好", "合格"}
    first = [row for row in cells if row["rank_value"] == 1]
    assert len(first) >= 15


def test_the_workbook_of_a_quarter_has_its_tables(shown: Any) -> None:
    def tabs(period: str) -> list[str]:
        (path,) = [
            shown.raw / item.path
            for item in shown.deliveries
            if item.department == "民政局" and item.period == period
        ]
        names: list[str] = openpyxl.load_workbook(path).sheetnames
        return names

    assert set(tabs("2020-06")) == {"社区服务平台", "社区考评", "低保标准", "工程进度"}
    assert set(tabs("2020-05")) == {"社区服务平台", "工程进度"}


def test_the_methods_are_those_of_the_readme() -> None:
    text = (Path(__file__).parents[3] / "demo/registers/README.md").read_text(encoding="utf-8")
    for name in METHODS:
        assert f"{{{name}:" in text, name
