"""The analysts' guide: its recipes run, its questions give what was worked out otherwise."""

import csv
import io
import re
import shlex
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal as D
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest

from govstats.exports import texts
from govstats.exports.rows import Answer
from govstats.exports.statement import check
from govstats.release import reader, releases
from govstats.settings import Settings

HERE = Path(__file__).parent
GUIDE = HERE.parent.parent / "docs/for-analysts.md"
TEXT = GUIDE.read_text(encoding="utf-8")
QUESTIONS = {
    int(number): (sql, table)
    for number, sql, table in re.findall(
        r"^### (\d+)\. .*?```sql\n(.*?)```\n\n(.*?\n)(?=\n|\Z)", TEXT, re.DOTALL | re.MULTILINE
    )
}
RECIPES = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
COMMANDS = re.findall(r"^ {4}((?:echo .* \| )?govstats .*)$", TEXT, re.MULTILINE)
Rows = list[tuple[Any, ...]]
MONTHLY = "统计局/{period}/岳阳楼区主要经济指标月报_{year}年1-{month}月{edition}.xlsx"


@pytest.fixture(scope="module")
def answers(first_release: Settings) -> dict[int, Rows]:
    with reader.connect(first_release) as connection:
        return {n: connection.execute(sql).fetchall() for n, (sql, _) in QUESTIONS.items()}


@pytest.fixture(scope="module")
def cell(first_release: Settings) -> Callable[[str, str, str], Any]:
    """What a cell of a received workbook holds."""

    @cache
    def book(file: str) -> Any:
        return openpyxl.load_workbook(first_release.raw / file, data_only=True)

    return lambda file, sheet, address: book(file)[sheet][address].value


def monthly(year: int, month: int, edition: str = "") -> str:
    period = f"{year}-{month:02}"
    return MONTHLY.format(period=period, year=year, month=month, edition=edition)


def exact(value: object) -> D:
    return D(str(value).translate(str.maketrans("０１２３４５６７８９．", "0123456789.")))


def to_four(value: D) -> D:
    return value.quantize(D("0.0001"))


def hand(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def test_there_are_twenty() -> None:
    assert sorted(QUESTIONS) == list(range(1, 21))


@pytest.mark.parametrize("number", sorted(QUESTIONS))
def test_the_guide_prints_what_is_answered(first_release: Settings, number: int) -> None:
    sql, table = QUESTIONS[number]
    stream = io.StringIO()
    with reader.connect(first_release) as connection:
        check(connection, sql)
        texts.write_markdown(Answer(connection.execute(sql)), stream)
    assert stream.getvalue() == table


def test_01_growth_is_that_of_the_cells(answers: Any, cell: Any) -> None:
    files = [(3, ""), (6, "(修订)"), (9, ""), (12, "")]
    found = [exact(cell(monthly(2020, month, edition), "月报", "E5")) for month, edition in files]
    assert [row[1] for row in answers[1]] == found
    assert [row[0] for row in answers[1]] == ["一季度", "上半年", "前三季度", "全年"]


def test_02_levels_of_two_years(answers: Any) -> None:
    assert [row[:3] for row in answers[2]] == [
        (3, D("127.1"), D("125.25")),
        (6, D("275.34"), D("278.15")),
        (9, D("495.56"), D("520.45")),
        (12, D("692.36"), D("735")),
    ]


def test_03_each_edition_counted_in_its_time(answers: Any, cell: Any, ledger: Any) -> None:
    first, second = monthly(2019, 12), monthly(2019, 12, "(修订)")
    assert ledger[first] <= date(2020, 1, 31) < ledger[second] <= date(2020, 6, 30)
    known = [exact(cell(file, "月报", "D5")) for file in (first, second)]
    assert [row[1] for row in answers[3]] == known == [D("689.7"), D("692.36")]


def test_04_revisions_are_the_differences_of_two_editions(answers: Any, cell: Any) -> None:
    first, second = monthly(2019, 12), monthly(2019, 12, "(修订)")
    found = []
    for row in range(4, 40):
        old, new = (cell(file, "月报", f"D{row}") for file in (first, second))
        if isinstance(old, int | float) and old != new:
            found.append((exact(old), exact(new), exact(new) - exact(old), f"D{row}"))
    assert sorted(row[2:5] + row[6:7] for row in answers[4]) == sorted(found)


def test_05_missing_figures_are_counted_by_reason(answers: Any, first_release: Settings) -> None:
    folder = releases.current_folder(first_release) / "parquet"
    table = pq.read_table(folder / "fct_observation.parquet")
    counted = Counter(
        (row["obs_status"], row["missing_kind"])
        for row in table.to_pylist()
        if row["period_end"] == date(2020, 5, 31)
    )
    words = {"normal": "A", "missing": "O", "cannot exist or does not apply": "M"}
    kinds = {"blank cell": "blank", "not applicable": "not_applicable", None: None}
    assert {(words[s], kinds[k]): n for s, k, n in answers[5]} == counted
    assert counted[("A", None)] > 300


def test_06_units_convert(answers: Any, cell: Any) -> None:
    file = "财政局/2020-12/岳阳楼区财政收入完成情况_2020年1-12月.xlsx"
    on_sheet = exact(cell(file, "收入", "D7"))
    assert on_sheet == 252000
    assert answers[6] == [(D("25.2"), "亿元", on_sheet, "万元", on_sheet, "万元")]


def test_07_scopes_are_those_that_were_published(answers: Any) -> None:
    # docs: Q1-Q3 2020, 52.045 bn for the district's own jurisdiction, 81.92 bn with the two zones
    assert answers[7] == [
        ("own jurisdiction", D("520.45"), "亿元"),
        ("administrative area with the zones in it", D("819.2"), "亿元"),
    ]


def test_08_commitments_behind_are_those_worked_out_by_hand(answers: Any) -> None:
    given = {row[0]: (row[1], to_four(row[3]), row[5]) for row in answers[8]}
    worked = [
        row
        for row in hand("hand_worked.csv")
        if row["time_period"] == "2020-09" and row["kind"] in ("level", "growth")
    ]
    assert len(worked) > 5
    for row in worked:
        if row["status"] == "behind":
            expected = (exact(row["actual_value"]), to_four(exact(row["gap"])), row["light"])
            assert given[row["target_id"]] == expected, row["target_id"]
        else:
            assert row["target_id"] not in given


def test_09_paths_are_those_worked_out_by_hand(answers: Any) -> None:
    worked = [
        tuple(exact(row[c]) for c in ("expected_pct_seasonal", "expected_pct_linear",
                                      "completion_pct"))
        for row in hand("hand_worked.csv")
        if row["target_id"] == "yyl-2020-02-gdp-level" and row["completion_pct"]
    ]  # fmt: skip
    assert len(worked) == 4
    assert [row[1:] for row in answers[9]] == worked


def test_10_shares_are_divisions_of_cells(answers: Any, cell: Any) -> None:
    expected = []
    for year, edition in ((2018, ""), (2019, "(修订)")):
        part = exact(cell(monthly(year, 6), "月报", "D5"))
        whole = exact(cell(monthly(year, 12, edition), "月报", "D5"))
        expected.append((year, part, whole, to_four(part / whole * 100)))
    assert [(y, p, w, s) for y, p, w, _, s in answers[10]] == expected


def test_11_ranks_are_those_of_the_comparison_sheet(answers: Any, first_release: Settings) -> None:
    file = "统计局/2020-12/岳阳市县市区主要指标对比表_2020年1-12月.xlsx"
    sheet = openpyxl.load_workbook(first_release.raw / file).active
    rows = list(sheet.iter_rows(min_row=6, max_row=15, values_only=True))
    city, *areas = [(row[0].replace(" ", ""), exact(row[6]), exact(row[7])) for row in rows]
    areas.sort(key=lambda row: -row[1])
    expected = [
        (name, level, "亿元", growth, place, growth - city[2])
        for place, (name, level, growth) in enumerate(areas[:4], start=1)
    ]
    assert answers[11] == expected


def test_12_completion_is_done_by_plan(answers: Any, first_release: Settings) -> None:
    file = "统计局/2020-12/街道乡目标管理考核情况_2020年1-12月.xlsx"
    sheet = openpyxl.load_workbook(first_release.raw / file)["考核表"]
    found = []
    for name, plan, done, *_ in sheet.iter_rows(min_row=5, values_only=True):
        if name and isinstance(plan, int | float) and re.search("街道|乡", name):
            found.append((exact(done) / exact(plan) * 100, name, exact(done), exact(plan)))
    found = sorted(row for row in found if row[0] < 100)[:5]
    assert len(found) == 5
    given = [(row[4], row[0], row[1], row[2]) for row in answers[12]]
    assert given == [(to_four(pct), name, done, plan) for pct, name, done, plan in found]


def test_13_lateness_is_receipt_less_due_date(
    answers: Any, ledger_rows: list[dict[str, str]], first_release: Settings
) -> None:
    with (first_release.root / "dbt_project/seeds/reporting_duties.csv").open(
        encoding="utf-8"
    ) as handle:
        duties = {row["name_zh"]: row for row in csv.DictReader(handle)}
    received = defaultdict(set)
    for row in ledger_rows:
        received[row["department_code"], row["time_period"]].add(day(row["received_at"]))
    for _, layout, due, came, late in answers[13]:
        duty = duties[layout]
        period = (due - timedelta(days=int(duty["due_days"]))).strftime("%Y-%m")
        assert due.day == int(duty["due_days"])
        assert came in received[duty["department_code"], period]
        assert (came - due).days == late
    assert answers[13][0][4] == 21  # the petition office's sheets of 1-2月 came on 31 March


def test_14_evidence_is_what_its_cells_hold(answers: Any, cell: Any) -> None:
    assert [row[0] for row in answers[14]] == ["base", "actual"]
    for _, _, value, file, sheet, address in answers[14]:
        assert exact(cell(file, sheet, address)) / 10_000 == value
    assert [row[2] for row in answers[14]] == [D("4.398"), D("3.9494")]


def test_15_works_stand_as_worked_out_by_hand(answers: Any) -> None:
    expected = {
        row["entry_name"]: (row["state"], row["due_date"])
        for row in hand("hand_worked_items.csv")
        if row["target_id"] == "yyl-2020-19-eco-city-phase-two" and row["time_period"] == "2020-09"
    }
    assert len(expected) == 2
    assert {row[0]: (row[5], str(row[4])) for row in answers[15]} == expected


def test_16_reported_rates_are_printed_so(answers: Any, cell: Any, first_release: Settings) -> None:
    for _, _, task, done, reported, computed, difference, file, address in answers[16]:
        sheet = openpyxl.load_workbook(first_release.raw / file).active.title
        printed = str(cell(file, sheet, address)).rstrip("%")
        assert exact(printed) in (reported, reported / 100)
        assert to_four(done / task * 100) == computed
        assert reported - computed == difference
    assert answers[16][0][2:4] == (17, 12)  # 12 of 17 printed as 88 %


def test_17_cases_overdue_are_those_past_their_day(answers: Any, first_release: Settings) -> None:
    table = pq.read_table(releases.current_folder(first_release) / "parquet/fct_case.parquet")
    over = defaultdict(list)
    for row in table.to_pylist():
        end, due, closed = row["period_end"], row["due_date"], row["closed_on"]
        still = closed is None or closed > end
        if row["case_kind"] == "rectification" and end.year == 2020 and due and still and due < end:
            over[end.strftime("%Y-%m")].append((end - due).days)
    assert answers[17] == [(period, len(days), max(days)) for period, days in sorted(over.items())]


def test_18_findings_are_those_that_were_planted(answers: Any) -> None:
    planted: Counter[str] = Counter()
    for row in hand("known_findings.csv"):
        planted[row["rule_id"]] += int(row["findings"])
    for rule, _, findings in answers[18]:
        assert planted[rule] == findings, rule
    assert sum(row[2] for row in answers[18]) > 50


def test_19_nothing_is_computed_across_a_revision(answers: Any, cell: Any) -> None:
    levels = [
        exact(cell(monthly(2020, month, "(修订)" if month == 6 else ""), "月报", "D14"))
        for month in range(2, 9)
    ]
    assert [row[1] for row in answers[19]] == levels
    added = [None, *(later - earlier for earlier, later in pairwise(levels))]
    added[4] = added[5] = None  # 1-6月 has two editions
    assert [row[3] for row in answers[19]] == added


def test_20_outlook_is_the_figure_by_its_share(answers: Any, cell: Any) -> None:
    revenue = "财政局/{year}-{month:02}/岳阳楼区财政收入完成情况_{year}年1-{month}月.xlsx"

    def fiscal(year: int, month: int) -> D:
        text = cell(revenue.format(year=year, month=month), "收入", "D7")
        return exact(str(text).replace(",", "")) / 10_000

    def output(year: int, month: int) -> D:
        edition = "(修订)" if (year, month) == (2019, 12) else ""
        return exact(cell(monthly(year, month, edition), "月报", "D5"))

    for row, of in zip(answers[20], (output, fiscal), strict=True):
        share = to_four(sum(of(year, 9) / of(year, 12) for year in (2018, 2019)) / 2 * 100)
        # the path is released with four decimals; more make a difference of some thousandths
        assert abs(of(2020, 9) / share * 100 - row[3]) < D("0.01")
        assert abs(row[3] / row[2] * 100 - row[5]) < D("0.0001")


def test_the_codes_of_missing_figures_are_all_explained(first_release: Settings) -> None:
    with reader.connect(first_release) as connection:
        codes = connection.execute(
            "select code from marts.dim_code where code_list in ('obs_status', 'missing_kind')"
        ).fetchall()
    assert len(codes) == 11
    assert [code for (code,) in codes if f"`{code}`" not in TEXT] == []


@pytest.fixture(scope="module")
def desk(first_release: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder from which the guide's paths lead to the release, with its exports."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "data").symlink_to(first_release.data)
    (folder / "question.sql").write_text("select 1 as one", encoding="utf-8")
    run(folder, first_release, ["export", "--format", "sdmx-csv", "--output", "out"])
    return folder


def run(folder: Path, settings: Settings, arguments: list[str], given: str = "") -> str:
    environment = {"GOVSTATS_DATA": str(settings.data), "GOVSTATS_ROOT": str(settings.root)}
    done = subprocess.run(
        [sys.executable, "-c", "from govstats.cli import main; main()", *arguments],
        cwd=folder, env=environment, input=given, text=True, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("recipe", RECIPES, ids=range(len(RECIPES)))
def test_python_recipes_run(desk: Path, recipe: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", recipe], cwd=desk, text=True, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    for said in re.findall(r"print\(rows\) {2}# (.*)", recipe):
        assert done.stdout.strip() == said


@pytest.mark.parametrize("line", [c for c in COMMANDS if "--all" not in c and "--as-of" not in c])
def test_commands_run(desk: Path, first_release: Settings, line: str) -> None:
    said, _, command = line.rpartition(" | ")
    given = " ".join(shlex.split(said)[1:]) if said else ""
    run(desk, first_release, shlex.split(command)[1:], given)


def test_sdmx_equals_the_mart(desk: Path, first_release: Settings) -> None:
    with (desk / "out/fct_observation.sdmx.csv").open(encoding="utf-8", newline="") as handle:
        given = sorted(map(identity, csv.DictReader(handle)))
    with reader.connect(first_release) as connection:
        rows = connection.execute(
            "select figure.*, time_period, sdmx_code, sdmx_unit_mult from marts.fct_observation "
            "as figure join marts.dim_period using (period_end) join marts.dim_unit using "
            "(unit_measure)"
        )
        names = [item[0] for item in rows.description]
        released = [dict(zip(names, row, strict=True)) for row in rows.fetchall()]
    assert len(given) > 10_000
    assert given == sorted(map(mart_identity, released))


def identity(row: dict[str, str]) -> tuple[str, ...]:
    year, _, quarter = row["TIME_PERIOD"].partition("-Q")
    period = f"{year}-{int(quarter) * 3:02}" if quarter else row["TIME_PERIOD"]
    assert row["FREQ"] == ("Q" if quarter else "M")
    value = "" if row["OBS_VALUE"] == "NaN" else str(D(row["OBS_VALUE"]).normalize())
    return (
        *(row[c] for c in ("INDICATOR", "REF_AREA", "SCOPE")), period, row["PERIOD_TYPE"],
        row["STAT_MEASURE"], value, *(row[c] for c in ("UNIT_MEASURE", "UNIT_MULT", "OBS_STATUS",
        "MISSING_KIND", "GROWTH_BASIS", "SUBMISSION", "SOURCE_FILE", "SOURCE_SHEET", "SOURCE_CELL",
        "KNOWN_FROM")),
    )  # fmt: skip


def mart_identity(row: dict[str, Any]) -> tuple[str, ...]:
    value = "" if row["obs_value"] is None else str(row["obs_value"].normalize())
    columns = (
        *("indicator_code", "ref_area", "scope", "time_period", "period_type", "measure"),
        *("obs_value", "sdmx_code", "sdmx_unit_mult", "obs_status", "missing_kind"),
        *("growth_basis", "submission_id", "file", "sheet", "cell"),
    )
    texts_of = {name: "" if row[name] is None else str(row[name]) for name in columns}
    return (*(texts_of | {"obs_value": value}).values(), row["known_from"].isoformat())


def test_the_map_shows_every_mart(first_release: Settings) -> None:
    picture = (GUIDE.parent / "img/marts.svg").read_text(encoding="utf-8")
    listed = (GUIDE.parent / "marts.md").read_text(encoding="utf-8")
    with reader.connect(first_release) as connection:
        found = connection.execute(
            "select table_name from information_schema.tables where table_schema = 'marts'"
        ).fetchall()
    marts = {name for (name,) in found}
    assert len(marts) > 30
    assert set(re.findall(r'class="mart"[^>]*>(\w+)<', picture)) - {"marts"} == marts
    assert marts - set(re.findall(r"`(\w+)`", listed)) == set()


@pytest.fixture(scope="module")
def ledger_rows(first_release: Settings) -> Iterator[list[dict[str, str]]]:
    with first_release.ledger.open(encoding="utf-8", newline="") as handle:
        yield list(csv.DictReader(handle))


@pytest.fixture(scope="module")
def ledger(ledger_rows: list[dict[str, str]]) -> dict[str, date]:
    return {row["file"]: day(row["received_at"]) for row in ledger_rows}


def day(moment: str) -> date:
    return datetime.fromisoformat(moment).date()
