"""What may be asked for, and what is said where nothing is called so."""

from datetime import date
from pathlib import Path

import duckdb
import pytest
import xlsxwriter

from govstats.errors import GovstatsError
from govstats.release import releases
from govstats.settings import Settings
from govstats.tracing import trace
from govstats.tracing.ask import resolve

REFERENCE = "fct_target_progress/actual_value?target_id=甲&period_end=2020-12-31"


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    made = duckdb.connect()
    made.execute("create schema marts")
    made.execute(
        "create table marts.dim_target as select * from (values "
        "('t-01-roads', '道路', '30条', '一', 1, 'firm', 'higher'), "
        "('t-02-roads-rural', '农村道路', '8条', '一', 2, 'firm', 'higher')) "
        "as t (target_id, name_zh, demand_zh, section, item, strength, direction)"
    )
    made.execute(
        "create table marts.dim_period as "
        "select date '2020-12-31' as period_end, '2020-12' as time_period, '全年' as label_zh"
    )
    made.execute(
        "create table marts.fct_target_progress as "
        "select 't-01-roads' as target_id, date '2020-12-31' as period_end, 30 as actual_value"
    )
    return made


@pytest.fixture
def release(tmp_path: Path) -> Path:
    folder = tmp_path / "2020-12-abc"
    (folder / "bulletin").mkdir(parents=True)
    book = xlsxwriter.Workbook(str(folder / "bulletin" / "2020-12.xlsx"))
    table = book.add_worksheet("表1 主要指标")
    table.write("B3", 98.5, book.add_format({"num_format": "0.0"}))
    sources = book.add_worksheet("数据来源")
    sources.write_row("A1", ["表", "单元格", "数据地址", "部门", "文件"])
    sources.write_row("A2", ["表1 主要指标", "B3", REFERENCE, "统计局", "a.xlsx"])
    book.close()
    (tmp_path / "secret.xlsx").write_bytes(b"")
    return folder


def ask(
    connection: duckdb.DuckDBPyConnection,
    release: Path,
    settings: Settings,
    what: str,
    period: str | None = None,
) -> str:
    return str(resolve(connection, release, settings, what, period).reference)


def test_a_target_is_named_by_a_part_of_its_id(
    connection: duckdb.DuckDBPyConnection, release: Path, settings: Settings
) -> None:
    asked = resolve(connection, release, settings, "t-01", "2020-12")
    assert dict(asked.reference.key) == {"target_id": "t-01-roads", "period_end": "2020-12-31"}
    assert asked.judgement is not None
    assert asked.judgement["period_end"] == date(2020, 12, 31)


def test_an_address_is_taken_as_it_is(
    connection: duckdb.DuckDBPyConnection, release: Path, settings: Settings
) -> None:
    assert ask(connection, release, settings, REFERENCE) == REFERENCE


@pytest.mark.parametrize(
    "what",
    [
        "bulletin/2020-12.xlsx 表1 主要指标!B3",
        "bulletin/2020-12.xlsx '表1 主要指标'!$B$3",
        "bulletin/2020-12.xlsx#表1 主要指标!b3",
    ],
)
def test_a_cell_of_a_bulletin_leads_to_the_address_beside_it(
    connection: duckdb.DuckDBPyConnection, release: Path, settings: Settings, what: str
) -> None:
    asked = resolve(connection, release, settings, what, None)
    assert str(asked.reference) == REFERENCE
    assert asked.address is not None
    assert (asked.address.cell, asked.address.shown) == ("B3", "98.5")


@pytest.mark.parametrize(
    ("what", "period", "said", "remedy"),
    [
        ("roads", "2020-12", "no single target", "t-01-roads, t-02-roads-rural"),
        ("t-02-roads-rural", "2020-12", "is not judged at 2020-12", "none"),
        ("t-01-roads", "2020-11", "is not judged at 2020-11", "2020-12"),
        ("t-01-roads", None, "of which period", "--period"),
        ("x?y", None, "not the address of a figure", "mart/column"),
        ("bulletin/2020-12.xlsx 表1 主要指标!C9", None, "shows no figure", "B3"),
        ("bulletin/2020-12.xlsx 表9!B3", None, "shows no figure", "表1 主要指标"),
        ("bulletin/2019-12.xlsx 表1!B3", None, "has no file", "bulletin/2020-12.xlsx"),
        ("../secret.xlsx 表1!B3", None, "has no file", "bulletin/2020-12.xlsx"),
    ],
)
def test_what_is_not_there_is_said_with_what_is(
    connection: duckdb.DuckDBPyConnection,
    release: Path,
    settings: Settings,
    what: str,
    period: str | None,
    said: str,
    remedy: str,
) -> None:
    with pytest.raises(GovstatsError, match=said) as caught:
        ask(connection, release, settings, what, period)
    assert remedy in caught.value.remedy


def test_a_release_of_another_version_is_said_to_be_one(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(releases, "current_folder", lambda settings: tmp_path)
    with pytest.raises(GovstatsError, match="made by another version") as caught:
        trace(settings, "a-target", "2020-12")
    assert "govstats run" in caught.value.remedy
