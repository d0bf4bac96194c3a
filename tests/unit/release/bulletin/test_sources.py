"""Where a figure comes from, and which periods get a bulletin."""

import json
from datetime import date
from pathlib import Path

import duckdb
import pytest

from govstats.errors import GovstatsError
from govstats.release import bulletin
from govstats.release.bulletin import sources
from govstats.release.bulletin.sources import Source
from govstats.release.reference import Reference

KEY = {"area": "a", "period_end": date(2020, 9, 30)}


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    path = tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("""
            create schema marts;
            create table marts.dim_department as select 'd' as department_code, '某局' as name_zh;
            create table marts.fct_x as select
                'a' as area, date '2020-09-30' as period_end, 5 as plan_value, 3 as obs_value,
                60 as completion_pct, 'd' as department_code, '月报.xlsx' as file, '表' as sheet,
                'B2' as cell, 'C2' as plan_cell, null::varchar as rank_cell;
            create table marts.dim_period as
                select last_day(make_date(y, m, 1)) as period_end, y as report_year,
                    strftime(make_date(y, m, 1), '%Y-%m') as time_period,
                    m % 3 = 0 as is_quarter_end
                from range(2019, 2021) as years(y), range(1, 13) as months(m);
            create table marts.fct_target_progress as
                select period_end from marts.dim_period
                where time_period between '2019-11' and '2020-08' and time_period <> '2020-01';
        """)
    return path


def test_a_figure_names_its_own_cell_and_a_derived_one_all(warehouse: Path) -> None:
    trace = {"cells": {"obs_value": "cell", "plan_value": "plan_cell"}}
    told = {"nodes": {"marts.fct_x": {"trace": trace}}}
    (warehouse.parent / "lineage.json").write_text(json.dumps(told))
    wanted = [Reference.of("fct_x", name, KEY) for name in ("obs_value", "plan_value")]
    derived = Reference.of("fct_x", "completion_pct", KEY)
    absent = Reference.of("fct_x", "obs_value", {**KEY, "area": "' or 1 = 1 --"})
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        found = sources.read(connection, warehouse, [*wanted, derived, absent])
    assert [found[item].cell for item in (*wanted, derived)] == ["B2", "C2", "B2、C2"]
    assert found[derived] == Source("某局", "月报.xlsx", "表", "B2、C2")
    assert found[absent] == Source()


def test_quarter_ends_and_the_latest_period_get_a_bulletin(warehouse: Path) -> None:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        assert bulletin.wanted(connection, "2020-08", None) == ["2020-03", "2020-06", "2020-08"]
        assert bulletin.wanted(connection, "2020-03", None) == ["2020-03"]
        assert bulletin.wanted(connection, "2020-08", ["2019-12"]) == ["2019-12"]
        with pytest.raises(GovstatsError, match="no target was judged for 2020-01"):
            bulletin.wanted(connection, "2020-08", ["2020-01"])
