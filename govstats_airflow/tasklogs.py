"""A task's lines in the log file of ``govstats``, beside Airflow's own log of the task."""

from collections.abc import Iterator
from contextlib import contextmanager

from airflow.sdk import get_current_context

from govstats import logs
from govstats.settings import Settings


@contextmanager
def logged() -> Iterator[None]:
    """Send what ``govstats`` logs while the body runs to the log file too.

    Each line names DAG, task, try and, for a mapped task, which one. Its run is the DAG's, or
    the headless run that runs all DAGs.
    """
    settings = Settings.from_environment()
    ids = _ids()
    run_id = ids.get("dag_run_id") or logs.new_run_id(settings)
    with logs.during(settings, run_id), logs.bound(**ids):
        yield


def _ids() -> dict[str, str | None]:
    try:
        instance = get_current_context()["ti"]
    except RuntimeError:
        return {}  # not in a task
    index = instance.map_index
    return {
        "dag_id": instance.dag_id,
        "task_id": instance.task_id,
        "dag_run_id": instance.run_id,
        "try_number": str(instance.try_number),
        "map_index": str(index) if index is not None and index >= 0 else None,
    }
