"""Loads and runs the DAGs in a process of its own and writes down what it saw, as JSON.

Importing Airflow takes seconds and takes over a process's logging, so one process serves all
tests of this folder: ``python driver.py RESULT.json`` with the stub folder on PYTHONPATH.
"""

import contextlib
import io
import json
import os
import shutil
import sys
from pathlib import Path

from scripts import airflow_env, headless

SCENARIOS = {
    "good": "",
    "nothing new": "scan=none,facts_ready=old",
    "nothing at all": "scan=none,facts_ready=empty",
    "parse crashes": "parse=crash",
    "interrupted": "parse=interrupt",
    "already released": "build=none",
    "no candidate": "pending_release=none",
    "wrong layout": "build=wrong",
    "warehouse busy": "build=busy",
    "held": "publish=held",
    "still held": "scan=none,facts_ready=kept",
}


def run(plan):
    """Run the chain once; return exit code, console, and the calls the pipeline got."""
    data = Path(os.environ["GOVSTATS_DATA"])
    shutil.rmtree(data, ignore_errors=True)
    os.environ["GOVSTATS_FAKE"] = plan
    console = io.StringIO()
    with contextlib.redirect_stderr(console), contextlib.redirect_stdout(console):
        code = headless.main()
    calls = data / "calls.txt"
    noted = calls.read_text().splitlines() if calls.exists() else []
    return {"code": code, "console": console.getvalue(), "calls": noted}


def describe(dag):
    """Return what the wiring tests look at."""
    from scripts.chain import brings, waits_for

    return {
        "waits_for": sorted(waits_for(dag)),
        "brings": {task: sorted(names) for task, names in brings(dag).items() if names},
        "schedule": dag.schedule if isinstance(dag.schedule, str) else None,
        "catchup": dag.catchup,
        "max_active_runs": dag.max_active_runs,
        "paused": dag.is_paused_upon_creation,
        "doc": dag.doc_md,
        "tags": sorted(dag.tags),
        "tasks": {task.task_id: describe_task(task) for task in dag.tasks},
    }


def describe_task(task):
    timeout = task.partial_kwargs.get if task.is_mapped else lambda name: getattr(task, name)
    return {
        "owner": task.owner,
        "pool": task.pool,
        "retries": task.retries,
        "retry_seconds": task.retry_delay.total_seconds(),
        "timeout_seconds": timeout("execution_timeout").total_seconds(),
        "doc": task.doc_md,
        "mapped": task.is_mapped,
        "label": task.map_index_template,
        "trigger_rule": str(task.trigger_rule),
        "upstream": sorted(task.upstream_task_ids),
    }


def pools():
    import sqlite3

    with sqlite3.connect(airflow_env.home() / airflow_env.HEADLESS_DATABASE) as database:
        return dict(database.execute("select pool, slots from slot_pool"))


def main(result):
    airflow_env.adopt(airflow_env.HEADLESS_DATABASE)
    order = headless.load_dags()
    seen = {
        "order": [dag.dag_id for dag in order],
        "dags": {dag.dag_id: describe(dag) for dag in order},
        "runs": {name: run(plan) for name, plan in SCENARIOS.items()},
        "pools": pools(),
    }
    result.write_text(json.dumps(seen, ensure_ascii=False))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
