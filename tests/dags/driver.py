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

from govstats.errors import GovstatsError
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
    "unsigned": "publish=unsigned",
    "still unsigned": "scan=none,facts_ready=waits",
}


#: Values to try for the parameters of each DAG.
PARAMS = {
    "ingest": [
        ("department", None),
        ("department", "finance"),
        ("department", "财政局"),
        ("department", "finance; rm -rf /"),
        ("department", 7),
        ("period", None),
        ("period", "2020-12"),
        ("period", "2020-13"),
        ("period", "2020-12\n"),
        ("period", "../2020-12"),
    ],
    "reload": [("period", "2020-12"), ("period", "20-12"), ("department", "nobody")],
    "rebuild": [
        ("as_of", "2020-10-20"),
        ("as_of", "2020-02-31"),
        ("as_of", "yesterday"),
        ("as_of", "2020-10-20' or 1=1 --"),
    ],
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
    log = data / "logs" / "govstats.jsonl"
    logged = [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []
    return {"code": code, "console": console.getvalue(), "calls": noted, "log": logged}


#: Runs that a person starts: DAG, parameters, what goes differently.
BY_HAND = {
    "one department": ("ingest", {"department": "finance"}, ""),
    "others unread": ("ingest", {"period": "2020-12"}, "facts_ready=unread"),
    "one period": ("reload", {"period": "2020-12"}, "facts_ready=old"),
    "no period": ("reload", {"period": None}, ""),
    "a past day": ("rebuild", {"as_of": "2020-10-20"}, ""),
    "before the first": ("rebuild", {"as_of": "2019-01-01"}, "run=early"),
    "a day to come": ("rebuild", {"as_of": "2999-12-31"}, ""),
    "no day": ("rebuild", {"as_of": None}, ""),
}


def run_by_hand(dag, conf, plan):
    """Run one DAG as a person's trigger does; return task states, words and calls."""
    data = Path(os.environ["GOVSTATS_DATA"])
    shutil.rmtree(data, ignore_errors=True)
    os.environ["GOVSTATS_FAKE"] = plan
    headless.without_retries(dag)
    log = airflow_env.logs() / "headless.log"
    before = log.stat().st_size
    tasks = dag.test(run_conf=conf).get_task_instances()
    calls = data / "calls.txt"
    return {
        "states": {task.task_id: task.state for task in tasks},
        "words": log.read_bytes()[before:].decode(),
        "calls": calls.read_text().splitlines() if calls.exists() else [],
    }


def keyed(function, *keys):
    """Return what a function of ``params`` makes of a run's partition, or what it says."""
    from types import SimpleNamespace

    from govstats_airflow import params

    real, said = params.get_current_context, {}
    for key in keys:
        run = SimpleNamespace(partition_key=key)
        params.get_current_context = lambda run=run: {"params": {}, "dag_run": run}
        try:
            said[key] = str(function())
        except GovstatsError as error:
            said[key] = error.what
    params.get_current_context = real
    return said


def partition_keys():
    from govstats.settings import Settings
    from govstats_airflow import params

    settings = Settings.from_environment()
    return keyed(lambda: params.one_period().time_period, "2020-12", "2020-1") | keyed(
        lambda: params.last_day(settings), "2020-12-31", "2020-1-31", "2999-12-31"
    )


def describe(dag):
    """Return what the wiring tests look at."""
    from scripts.chain import brings, waits_for

    return {
        "waits_for": sorted(waits_for(dag)),
        "brings": {task: sorted(names) for task, names in brings(dag).items() if names},
        **describe_schedule(dag),
        "catchup": dag.catchup,
        "max_active_runs": dag.max_active_runs,
        "paused": dag.is_paused_upon_creation,
        "doc": dag.doc_md,
        "tags": sorted(dag.tags),
        "tasks": {task.task_id: describe_task(task) for task in dag.tasks},
    }


def describe_schedule(dag):
    """Return the clock's line and zone, and how partitions are named, where there are any."""
    clock = getattr(dag.schedule, "timetable", dag.schedule)
    return {
        "clock": getattr(clock, "expression", None),
        "zone": str(getattr(clock, "timezone", "")),
        "partitions": getattr(clock, "key_format", None),
    }


def watchers(dag):
    """Return what watches the assets that start a DAG: class, arguments, and the same remade."""
    from importlib import import_module

    found = {}
    for asset in dag.schedule.asset_condition.objects:
        for watcher in asset.watchers:
            path, given = watcher.trigger.serialize()
            module, name = path.rsplit(".", 1)
            again = getattr(import_module(module), name)(**given)
            found[watcher.name] = {"given": given, "again": again.serialize() == (path, given)}
    return found


def tried(dag, values):
    """Return what becomes of each value given for a parameter: None, or what is said of it."""
    said = {}
    for name, value in values:
        try:
            dag.params.get_param(name).resolve(value)
            said[f"{name}={value}"] = None
        except Exception as error:
            said[f"{name}={value}"] = str(error).splitlines()[0]
    return said


def partitions(dag, start, end):
    """Return the keys that a backfill from one day to another makes."""
    import pendulum
    from airflow.serialization.serialized_objects import DagSerialization

    timetable = DagSerialization.from_dict(DagSerialization.to_dict(dag)).timetable
    days = [pendulum.parse(day) for day in (start, end)]
    infos = timetable.iter_partition_dagrun_infos(earliest=days[0], latest=days[1])
    return [info.partition_key for info in infos]


def describe_task(task):
    timeout = task.partial_kwargs.get if task.is_mapped else lambda name: getattr(task, name)
    return {
        "owner": task.owner,
        "pool": task.pool,
        "retries": task.retries,
        "retry_growth": task.retry_exponential_backoff,
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
    by_id = {dag.dag_id: dag for dag in order}
    seen = {
        "order": [dag.dag_id for dag in order],
        "dags": {dag.dag_id: describe(dag) for dag in order},
        "runs": {name: run(plan) for name, plan in SCENARIOS.items()},
        "partition_keys": partition_keys(),
        "by_hand": {
            name: run_by_hand(by_id[dag], conf, plan) for name, (dag, conf, plan) in BY_HAND.items()
        },
        "pools": pools(),
        "watchers": watchers(by_id["ingest"]),
        "params": {name: tried(by_id[name], values) for name, values in PARAMS.items()},
        "partitions": {
            name: partitions(by_id[name], "2020-01-01", "2020-12-31")
            for name in ("reload", "rebuild")
        },
    }
    result.write_text(json.dumps(seen, ensure_ascii=False))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
