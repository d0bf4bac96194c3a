"""Runs DAGs that tell somebody, in a process of its own, and writes down how they ended, as JSON.

``python notify_driver.py RESULT.json URL`` with the stub folder on PYTHONPATH: the connection's
address is URL.
"""

import contextlib
import io
import json
import os
import re
import sys
from pathlib import Path

from govstats_airflow.notify import failure_callback
from scripts import airflow_env, headless, metadata


def save_connection(url):
    """Save it as the form of the interface does: ``config`` as a text; Airflow encrypts it."""
    from airflow.models import Connection
    from airflow.utils.session import create_session

    config = json.dumps([{"path": url, "tag": "bureau, departments"}])
    extra = json.dumps({"config": config})
    with create_session() as session:
        session.query(Connection).filter_by(conn_id="govstats_notify").delete()
        session.add(Connection(conn_id="govstats_notify", conn_type="apprise", extra=extra))


def run(dag, plan="", **conf):
    """Run one DAG; return the states of its tasks, or what refused the run, and all it printed."""
    os.environ["GOVSTATS_FAKE"] = plan
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        try:
            finished = dag.test(run_conf=conf)
            states = {task.task_id: task.state for task in finished.get_task_instances()}
        except Exception as error:
            states = {"refused": str(error)}
    return {"states": states, "printed": printed.getvalue()}


def tells_of_failure(task):
    given = task.partial_kwargs if task.is_mapped else vars(task)
    callbacks = given["on_failure_callback"]
    return failure_callback in (callbacks if isinstance(callbacks, list) else [callbacks])


def main(result, url):
    airflow_env.adopt(airflow_env.HEADLESS_DATABASE)
    metadata.prepare(airflow_env.HEADLESS_DATABASE)
    save_connection(url)
    dags = {dag.dag_id: dag for dag in headless.load_dags()}
    for dag in dags.values():
        headless.without_retries(dag)
    tells = {f"{dag.dag_id}.{task.task_id}": tells_of_failure(task)
             for dag in dags.values() for task in dag.tasks}  # fmt: skip
    remind = dags["remind"]
    seen = {
        "tells": tells,
        "overdue": run(remind, on="2020-07-16"),
        "again": run(remind, on="2020-07-16"),
        "no day": run(remind, on="yesterday"),
        "trial": run(remind, trial=True),
        "failure": run(dags["transform"], "build=wrong"),
        "release": run(dags["release"]),
    }
    save_connection(re.sub(r":\d+/", ":1/", url))  # nobody listens on port 1
    seen["trial fails"] = run(remind, trial=True)
    seen["not reached"] = run(remind, on="2020-08-16", trial=False)  # dag.test remembers
    logs = airflow_env.logs().rglob("*.log")
    seen["logs"] = "".join(path.read_text(errors="replace") for path in logs)
    database = airflow_env.home() / airflow_env.HEADLESS_DATABASE
    seen["database"] = database.read_bytes().decode("latin-1")
    result.write_text(json.dumps(seen, ensure_ascii=False))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
