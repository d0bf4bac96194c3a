"""Tracing fails in words."""

from pathlib import Path

import duckdb
import pytest

from govstats import trace
from govstats.errors import GovstatsError
from govstats.release import releases
from govstats.settings import Settings


def test_a_release_of_another_version_is_said_to_be_one(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with duckdb.connect(str(tmp_path / "warehouse.duckdb")) as connection:
        connection.execute("create schema marts")
        connection.execute("create table marts.dim_target as select 'a-target' as target_id")
    monkeypatch.setattr(releases, "current_folder", lambda settings: tmp_path)
    with pytest.raises(GovstatsError, match="made by another version") as caught:
        trace.trace(settings, "a-target", "2020-12")
    assert "govstats run" in caught.value.remedy
