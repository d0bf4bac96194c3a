"""Airflow's metadata database: made when missing, left alone when it fits."""

from importlib.metadata import version
from pathlib import Path

from scripts import airflow_env

#: Pools the DAGs name: how many tasks may run in each at once.
POOLS = {"warehouse": (1, "One writer at a time builds, audits and publishes warehouse files.")}


def prepared(database: str) -> bool:
    """Say whether the installed Airflow has prepared this database already.

    Asking Airflow itself would cost a second or more at every start, so a file beside the
    database names the version that prepared it.
    """
    mark = _mark(database)
    there = (airflow_env.home() / database).exists() and mark.exists()
    return there and mark.read_text() == _state()


def prepare(database: str) -> None:
    """Create or upgrade the database and its pools; call ``airflow_env.adopt`` first."""
    from airflow.models.pool import Pool
    from airflow.utils.db import initdb

    initdb()
    (airflow_env.home() / database).chmod(0o600)
    for name, (slots, description) in POOLS.items():
        Pool.create_or_update_pool(name, slots, description, include_deferred=False)
    _mark(database).write_text(_state())


def _mark(database: str) -> Path:
    return airflow_env.home() / f"{Path(database).stem}.prepared"


def _state() -> str:
    return f"{version('apache-airflow')} {POOLS}\n"


def main() -> None:
    """Prepare the live database (a process of its own: importing Airflow is slow)."""
    airflow_env.adopt(airflow_env.LIVE_DATABASE)
    prepare(airflow_env.LIVE_DATABASE)


if __name__ == "__main__":
    main()
