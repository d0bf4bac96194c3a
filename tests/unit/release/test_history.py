"""The trend: one line per release, never changed, measured from the audited warehouse."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from govstats.errors import GovstatsError
from govstats.release import history
from govstats.release.history import Point
from govstats.settings import Settings

FIRST = Point(
    release_id="2020-11-aaaaaaaaaa",
    published_at="2020-12-20T09:00:00+08:00",
    latest_period="2020-11",
    rules=83,
    hard=0,
    soft=72,
    open=70,
    explained=2,
    info=54,
    held_submissions=1,
    overridden=0,
    figures=18347,
    touched_pct=Decimal("69.35"),
)


def test_before_the_first_release_there_is_no_trend(settings: Settings) -> None:
    assert history.read(settings) == []


def test_points_come_back_in_the_order_of_publishing(settings: Settings) -> None:
    later = replace(FIRST, release_id="2020-12-bbbbbbbbbb", touched_pct=None)
    assert history.append(settings, FIRST)
    assert history.append(settings, later)
    assert history.read(settings) == [FIRST, later]


def test_a_release_has_one_line_and_it_stays_as_it_was(settings: Settings) -> None:
    history.append(settings, FIRST)
    before = (settings.releases / history.FILE).read_bytes()
    assert not history.append(settings, replace(FIRST, soft=1))
    assert (settings.releases / history.FILE).read_bytes() == before


@pytest.mark.parametrize("damage", ["soft\n", "a,b,2020-12,x,0,0,0,0,0,0,0,0,\n", "a,b\n"])
def test_a_damaged_line_is_named(settings: Settings, damage: str) -> None:
    history.append(settings, FIRST)
    path = settings.releases / history.FILE
    path.write_text(path.read_text(encoding="utf-8") + damage, encoding="utf-8")
    with pytest.raises(GovstatsError, match=r"history[.]csv line 3 cannot be read"):
        history.read(settings)


def test_a_point_counts_findings_by_weight_and_state(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema marts")
        connection.execute(
            "create table marts.fct_validation_finding as select * from (values "
            "('hard', 'must_mend'), ('hard', 'overridden'), ('soft', 'open'), ('soft', 'rejected'),"
            "('soft', 'lapsed'), ('soft', 'explained'), ('info', 'told')) as t (severity, state)"
        )
        connection.execute("create table marts.fct_rule_result as select * from range(5)")
        connection.execute(
            "create table marts.fct_submission as select * from (values "
            "('accepted'), ('held'), ('refused')) as t (status)"
        )
        connection.execute(
            "create table marts.fct_figure_coverage as select * from (values "
            "(true), (true), (false)) as t (is_touched)"
        )
    release = {"release_id": "r", "latest_period": "2020-12", "published_at": "now"}
    # 2 of 3 figures: 66.666… %
    assert history.measure(path, release) == Point(
        release_id="r",
        published_at="now",
        latest_period="2020-12",
        rules=5,
        hard=2,
        soft=4,
        open=3,
        explained=1,
        info=1,
        held_submissions=1,
        overridden=1,
        figures=3,
        touched_pct=Decimal("66.67"),
    )
    with duckdb.connect(str(path)) as connection:
        connection.execute("delete from marts.fct_figure_coverage")
    assert history.measure(path, {"release_id": "r", "latest_period": "p"}).touched_pct is None
