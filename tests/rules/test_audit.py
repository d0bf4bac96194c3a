"""The whole audit over a built warehouse: what is planted is found, and nothing hard beside it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import duckdb
import pytest

from govstats import validation
from govstats.settings import Settings
from govstats.validation import Finding, ValidationResult, holds
from govstats.warehouse import dbt_runner

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
_spec = spec_from_file_location("rules_world", HERE / "world.py")
world = module_from_spec(_spec)
_spec.loader.exec_module(world)


def typed(value: str, **more: Any) -> dict[str, Any]:
    return {"value_text": value, "cell_value": Decimal(value), "obs_status": "A"} | more


#: Somebody typed this instead of what belongs there.
PLANTS = {
    # 7.92 (in 亿元) under a heading of 万元, where 79200 belongs
    ("finance_revenue", "2020-04", "D7"): typed("7.92"),
    # an amount in the growth column
    ("statistics_monthly", "2020-04", "E14"): typed("-129.6"),
    # a single month in January-February
    ("finance_revenue", "2019-02", "C9"): typed("2000", missing_kind=None),
    # rural income of another year in the urban row and the other way round
    ("statistics_monthly", "2020-03", "D19"): typed("4860"),
    ("statistics_monthly", "2020-03", "D20"): typed("8640"),
    # 千元 is no unit of the list
    ("hrss_employment", "2019-03", "E6"): {"cell_unit": "千元"},
    # a figure that was due
    ("statistics_monthly", "2019-04", "D15"): {
        "value_text": None,
        "cell_value": None,
        "obs_status": "O",
        "missing_kind": "blank",
    },
} | {
    # the whole sheet of March copied from February
    ("hrss_employment", "2020-03", f"{column}{row.number}"): typed(
        str(world.figure(row, kind, 2020, 2))
    )
    for sheet in world.SHEETS
    if sheet.layout == "hrss_employment"
    for row in sheet.rows
    for column, kind in (("E", "ytd"), ("F", "growth"), ("G", "completion"))
}


@pytest.fixture(scope="session")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("work")


@pytest.fixture(scope="session")
def knowledge(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(root=project, data=tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="session")
def warehouse(knowledge: Settings, work: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("audit") / "warehouse.duckdb"
    with duckdb.connect(str(path)) as connection:
        ddl = knowledge.root / "govstats/warehouse/raw.sql"
        connection.execute(ddl.read_text(encoding="utf-8"))
        for row in world.submissions():
            _insert(connection, "raw.submission", row)
        for row in world.observations(PLANTS):
            _insert(connection, "raw.observation", row)
        _plant_beside_the_figures(connection)
    dbt_runner.build(knowledge, path, work)
    return path


@pytest.fixture(scope="session")
def result(knowledge: Settings, warehouse: Path) -> ValidationResult:
    return validation.validate(knowledge, warehouse, lambda line: None)


@pytest.fixture(scope="session")
def find(result: ValidationResult) -> Callable[[str], list[Finding]]:
    return lambda rule_id: [each for each in result.findings if each.rule_id == rule_id]


def _insert(connection: duckdb.DuckDBPyConnection, table: str, row: dict[str, Any]) -> None:
    places = ", ".join("?" * len(row))
    connection.execute(f"insert into {table} ({', '.join(row)}) values ({places})", [*row.values()])


def _plant_beside_the_figures(connection: duckdb.DuckDBPyConnection) -> None:
    """A refused file, one changed after registration, and a cell nobody knows."""
    last = next(reversed(list(world.submissions())))
    refused = {
        "submission_id": "refused",
        "sequence_number": 99,
        "layout_id": None,
        "status": "refused",
        "reason_code": "unknown_layout",
        "reason_zh": "找不到表头;应为:登记的版式。处理办法:改正表头。",
        "file": "人社局/2020-04/民生实事.xlsx",
    }
    _insert(connection, "raw.submission", last | refused)
    words = ("found_zh", "expected_zh", "remedy_zh", "found_en", "expected_en", "remedy_en")
    problem = {
        "kind": "tampered",
        "file": "财政局/2019-03/收入.xlsx",
        "submission_id": "finance_revenue-2019-03",
        "department_code": "finance",
    }
    _insert(connection, "raw.intake_problem", problem | dict.fromkeys(words, "登记后被改动"))
    cell = {"submission_id": "finance_revenue-2020-04", "sheet": "收入", "cell": "H3"}
    place = {"row_number": 3, "column_number": 8, "value_text": "12.5", "fate": "unmapped"}
    _insert(connection, "raw.sheet_cell", cell | place)


def test_hard_findings_are_those_planted_and_no_others(result: ValidationResult) -> None:
    hard = {
        (finding.rule_id, str(finding.period_end or "")[:7], finding.cell)
        for finding in result.findings
        if finding.severity == "hard"
    }
    assert hard == {
        ("MAG-001", "2020-04", "D7"),
        ("BAL-001", "2020-04", "D7"),
        ("LOG-001", "2020-04", "D8"),
        ("LOG-001", "2020-04", "D9"),
        ("FLU-001", "2020-04", "E14"),
        ("DEF-002", "2019-02", "C9"),
        ("COD-003", "2019-03", "E6"),
        ("FLU-006", "2020-03", None),
        ("INT-001", "2020-04", None),
        ("INT-002", "2019-03", None),
    }


def test_a_slip_of_units_is_told_with_its_cell_and_its_remedy(
    find: Callable[[str], list[Finding]],
) -> None:
    # 4.4, 6.6, 8.8 in 2019 and 3.96, 5.94 in 2020 beside 0.000792, from two sheets each but the
    # last of finance: in order 0.000792 3.96 3.96 4.4 4.4 5.94 5.94 6.6 6.6 7.92 8.8 8.8, the
    # lower middle is 5.94; log10(0.000792 / 5.94) = -3.8751
    [finding] = find("MAG-001")
    assert finding.file == "财政局/2020-04/收入.xlsx"
    assert (finding.sheet, finding.cell) == ("收入", "D7")
    assert (finding.department_code, finding.period_end) == ("finance", date(2020, 4, 30))
    assert (finding.value, finding.expected) == ("0.000792", "与 5.94 同量级")
    assert (
        "岳阳楼区一般公共预算收入2020年1-4月为 0.000792亿元（表内 7.92万元）" in finding.message_zh
    )
    assert "10的 -3.8751 次方" in finding.message_zh
    assert "亿元、万元" in finding.remedy_zh


def test_parts_are_held_against_their_total(find: Callable[[str], list[Finding]]) -> None:
    # 72000 + 7200 = 79200 万元 = 7.92 亿元 against 0.000792 亿元
    [finding] = find("BAL-001")
    assert (finding.value, finding.expected) == ("0.000792", "7.92")
    assert "相差 -7.919208亿元" in finding.message_zh


def test_soft_findings_annotate(find: Callable[[str], list[Finding]]) -> None:
    # 8640 rural against 4860 urban and against 3000 x 0.9 x 3 = 8100 of all; all above urban
    assert {(f.cell, f.value, f.expected) for f in find("LOG-003")} == {
        ("D20", "8640", "不大于 4860"),
        ("D20", "8640", "不大于 8100"),
        ("D18", "8100", "不大于 4860"),
    }
    assert [(f.cell, f.period_end) for f in find("CMP-002")] == [("D15", date(2019, 4, 30))]
    assert [(f.cell, f.value) for f in find("INT-007")] == [("H3", "12.5")]
    assert [(f.cell, f.value, f.expected) for f in find("DEP-001")] == [("D16", "7.92", "0.000792")]


def test_the_gate_sets_sheets_aside_and_says_what_must_happen(
    warehouse: Path, result: ValidationResult
) -> None:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        status = holds.statuses(connection)
    found = holds.wanted(result.findings, status)
    assert {hold.submission_id: set(hold.rules) for hold in found} == {
        "finance_revenue-2019-02": {"DEF-002"},
        "finance_revenue-2020-04": {"MAG-001", "BAL-001", "LOG-001"},
        "hrss_employment-2019-03": {"COD-003"},
        "hrss_employment-2020-03": {"FLU-006"},
        "statistics_monthly-2020-04": {"FLU-001"},
    }
    # as they stand they may not go out; set aside they hold nothing
    assert not validation.decide(result, status).released
    aside = status | {hold.submission_id: "held" for hold in found}
    decision = validation.decide(result, aside)
    assert decision.released
    assert {held.submission_id for held in decision.held} == {each.submission_id for each in found}
    assert decision.counts["hard"] == sum(len(hold.findings) for hold in found) + 2
    assert "暂缓采用" in decision.text_zh
    assert "重新报送" in decision.text_zh


def test_the_same_warehouse_gives_the_same_audit(
    knowledge: Settings, warehouse: Path, result: ValidationResult
) -> None:
    assert validation.validate(knowledge, warehouse, lambda line: None) == result


def test_results_are_recorded_once_and_seen_in_the_marts(
    warehouse: Path, result: ValidationResult
) -> None:
    validation.record(warehouse, result)
    validation.record(warehouse, result)
    assert not warehouse.with_name(f"{warehouse.name}.wal").exists()
    with duckdb.connect(str(warehouse)) as connection:
        rules = connection.execute("select count(*) from marts.fct_rule_result").fetchone()
        found = connection.execute(
            "select finding_id, cell, value from marts.fct_validation_finding "
            "where rule_id = 'MAG-001'"
        ).fetchall()
    assert rules == (len(result.rule_results),)
    [finding] = [each for each in result.findings if each.rule_id == "MAG-001"]
    assert found == [(finding.finding_id, "D7", "0.000792")]


def test_a_rule_that_judged_nothing_says_so_in_the_marts(
    warehouse: Path, result: ValidationResult
) -> None:
    validation.record(warehouse, result)
    with duckdb.connect(str(warehouse)) as connection:
        rows = connection.execute(
            "select rule_id, note_zh, note_en from marts.fct_rule_result "
            "where outcome = 'not_applicable' or note_zh is not null or note_en is not null"
        ).fetchall()
    assert ("COR-001", "未作判断：适用范围内没有数据",
            "nothing was evaluated: no row lies within its scope") in rows  # fmt: skip
    assert all(note_zh and note_en for _, note_zh, note_en in rows)


def test_the_figures_that_rules_compare_are_counted(
    knowledge: Settings, warehouse: Path, result: ValidationResult
) -> None:
    """Every rule's ``covers`` can be run; sums cover their parts, copies both sheets."""
    validation.record(warehouse, result)
    count = validation.cover(knowledge, warehouse)
    with duckdb.connect(str(warehouse)) as connection:
        stored = connection.execute("select count(*) from raw.rule_coverage").fetchone()
        kinds = dict(
            connection.execute(
                "select c.cell, c.kinds from marts.fct_figure_coverage as c "
                "where c.layout_id = 'finance_revenue' and c.period_end = date '2020-04-30' "
                "and c.cell in ('B7', 'D7', 'D8')"
            ).fetchall()
        )
        untouched = connection.execute(
            "select count(*) from marts.fct_figure_coverage where not is_touched and n_rules > 0"
        ).fetchone()
    assert stored == (count,)
    assert untouched == (0,)
    # the total: its parts, its own past, its order of magnitude, the other department's figure
    assert set(kinds["D7"].split(", ")) >= {
        "balance", "cross_department", "fluctuation", "logic", "magnitude",
    }  # fmt: skip
    assert "balance" in kinds["D8"]
    # the plan is held against nothing but what was done and the sign
    assert "logic" in kinds["B7"]


def test_units_of_the_checks(knowledge: Settings, warehouse: Path, work: Path) -> None:
    results = dbt_runner.unit_tests(
        knowledge, warehouse, work, select="path:models/checks,test_type:unit"
    )
    models = {path.stem for path in (knowledge.dbt_project / "models/checks").glob("*.sql")}
    assert {each.status for each in results} == {"pass"}
    assert len(results) >= len(models)


def test_every_check_has_a_unit_test(project: Path) -> None:
    folder = project / "dbt_project/models/checks"
    without = [
        path.name
        for path in folder.glob("*.sql")
        if "unit_tests:" not in path.with_suffix(".yml").read_text(encoding="utf-8")
    ]
    assert not without
