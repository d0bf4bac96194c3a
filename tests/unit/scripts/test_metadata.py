import pytest

from scripts import airflow_env, metadata


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("AIRFLOW_HOME", str(tmp_path))
    (tmp_path / "headless.db").touch()
    (tmp_path / "headless.prepared").write_text(metadata._state())
    return tmp_path


def test_a_prepared_database_is_left_alone(home):
    assert metadata.prepared(airflow_env.HEADLESS_DATABASE)


def test_each_database_has_a_mark_of_its_own(home):
    assert not metadata.prepared(airflow_env.LIVE_DATABASE)


@pytest.mark.parametrize("missing", ["headless.db", "headless.prepared"])
def test_without_database_or_mark_it_is_prepared_again(home, missing):
    (home / missing).unlink()
    assert not metadata.prepared(airflow_env.HEADLESS_DATABASE)


def test_another_version_or_other_pools_mean_preparing_again(home, monkeypatch):
    monkeypatch.setattr(metadata, "version", lambda name: "99.0")
    assert not metadata.prepared(airflow_env.HEADLESS_DATABASE)
    monkeypatch.undo()
    monkeypatch.setenv("AIRFLOW_HOME", str(home))
    monkeypatch.setattr(metadata, "POOLS", {"warehouse": (2, "two writers")})
    assert not metadata.prepared(airflow_env.HEADLESS_DATABASE)
