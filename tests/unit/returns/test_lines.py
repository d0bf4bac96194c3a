"""Which findings a return sheet lists, and in which order."""

from collections.abc import Iterator

import duckdb
import pytest

from govstats.returns.lines import read

COLUMNS = (
    "finding_id", "finding_key", "place_key", "rule_id", "rule_name_zh", "severity", "state",
    "state_zh", "department_code", "submission_id", "file", "sheet", "cell", "period_end",
    "indicator_code", "ref_area", "value", "expected", "message_zh", "remedy_zh", "explanation",
    "explanation_reply_zh", "override_reason_zh",
)  # fmt: skip


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        opened.execute("create schema marts")
        typed = ", ".join(f"{n} {'date' if n == 'period_end' else 'varchar'}" for n in COLUMNS)
        opened.execute(f"create table marts.fct_validation_finding ({typed})")
        opened.execute("create table marts.dim_indicator (indicator_code varchar, name_zh varchar)")
        opened.execute("create table marts.dim_area (ref_area varchar, name_zh varchar)")
        opened.execute("create table marts.dim_period (period_end date, label_zh varchar)")
        opened.execute("insert into marts.dim_indicator values ('x', '税收收入')")
        opened.execute("insert into marts.dim_period values ('2020-08-31', '2020年1-8月')")
        yield opened


def enter(connection: duckdb.DuckDBPyConnection, number: int, **changed: str | None) -> None:
    given: dict[str, str | None] = {
        "finding_id": f"f{number}",
        "finding_key": f"k{number}",
        "place_key": f"p{number}",
        "rule_id": "FLU-001",
        "rule_name_zh": "增幅",
        "severity": "soft",
        "state": "open",
        "state_zh": "待说明",
        "department_code": "a",
        "period_end": "2020-08-31",
        "indicator_code": "x",
        "message_zh": f"意见{number}",
        "remedy_zh": "请说明",
    }
    row = given | changed
    names, places = ", ".join(row), ", ".join("?" * len(row))
    connection.execute(
        f"insert into marts.fct_validation_finding ({names}) values ({places})",
        list(row.values()),
    )


def test_what_asks_most_comes_first(connection: duckdb.DuckDBPyConnection) -> None:
    for number, state in enumerate(("explained", "open", "overridden", "lapsed", "rejected")):
        enter(connection, number, state=state)
    enter(connection, 9, severity="hard", state="must_mend")
    enter(connection, 8, severity="info", state="told")
    enter(connection, 7, department_code=None)
    states = [line.state for line in read(connection)["a"]]
    assert states == ["must_mend", "rejected", "lapsed", "open", "overridden", "explained"]


def test_of_the_same_state_the_newest_period_comes_first(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    enter(connection, 1, period_end="2020-06-30")
    enter(connection, 2, period_end="2020-08-31")
    enter(connection, 3, period_end=None)
    assert [line.finding_key for line in read(connection)["a"]] == ["k2", "k1", "k3"]


def test_findings_of_one_number_are_one_line(connection: duckdb.DuckDBPyConnection) -> None:
    """One figure larger than two others: one number, so one explanation."""
    enter(connection, 1, expected="不大于 8606")
    enter(connection, 2, finding_key="k1", expected="不大于 8716")
    (line,) = read(connection)["a"]
    assert line.messages == ("意见1", "意见2")
    assert line.expected == ("不大于 8606", "不大于 8716")
    assert line.series_zh == "税收收入\n2020年1-8月"


def test_each_department_has_its_own(connection: duckdb.DuckDBPyConnection) -> None:
    enter(connection, 1)
    enter(connection, 2, department_code="b")
    assert {
        name: [line.finding_key for line in lines] for name, lines in read(connection).items()
    } == {
        "a": ["k1"],
        "b": ["k2"],
    }
