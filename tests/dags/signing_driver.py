"""Runs the DAG ``release`` with sign-off switched on and answers its requests, like a person.

``python signing_driver.py RESULT.json`` with the stub folder on PYTHONPATH. ``dag.test()`` waits
for an answer in its own thread; it is given as Airflow's interface gives it, through the database.
"""

import json
import os
import shutil
import sys
import threading
import time
from pathlib import Path

from scripts import airflow_env, headless, metadata

DATABASE = "signing.db"
PATIENCE_SECONDS = 60
USER = {"id": "17", "name": "bureau"}
#: How the request is answered: an option with a note, or None for the moment at which an
#: unanswered one looks whether it is still wanted; ``before`` and ``then`` steer the pipeline.
SCENARIOS = {
    "approved": [("同意发布", "核对无误")],
    "rejected without a word": [("退回", "")],
    "wanted still": [None, ("同意发布", "")],
    "approved elsewhere": [("then", "sign_off_state=approved"), None],
    "overtaken": [("then", "sign_off_state=gone"), None],
    "approved before it was asked": [("before", "sign_off_state=approved")],
    "nothing waits": [("before", "sign_off_request=none")],
    "held": [("before", "sign_off_request=held")],
}


def run(dag, steps):
    """Run the DAG once; return its state, its tasks' states, the request and the calls."""
    data = Path(os.environ["GOVSTATS_DATA"])
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(parents=True)
    seen = {"asked": None, "requests": 0}
    plan = data / "plan.txt"
    if steps[0] is not None and steps[0][0] == "before":
        plan.write_text(steps[0][1])
        steps = steps[1:]
    person = threading.Thread(target=respond, args=(steps, plan, seen), daemon=True)
    person.start()
    ended = dag.test()  # in the main thread: its time limits are signals
    person.join(PATIENCE_SECONDS)
    calls = (data / "calls.txt").read_text().splitlines()
    tasks = {task.task_id: str(task.state) for task in ended.get_task_instances()}
    return seen | {"state": str(ended.state), "tasks": tasks, "calls": calls}


def respond(steps, plan, seen):
    """Carry out the steps of a scenario, each when the request waits."""
    for step in steps:
        waits = wait_for_request()
        if step is not None and step[0] == "then":
            plan.write_text(step[1])
        else:
            answer(waits, step, seen)


def wait_for_request():
    """Return the id of the task instance that waits for a person."""
    from airflow.models.taskinstance import TaskInstance
    from airflow.utils.session import create_session

    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        with create_session() as session:
            waits = session.query(TaskInstance).filter_by(state="awaiting_input").first()
            if waits is not None:
                return waits.id
        time.sleep(0.1)
    raise TimeoutError("nobody was asked")


def answer(ti_id, given, seen):
    """Answer as the interface does, or let the time pass at which a request looks again."""
    from airflow.models.hitl import HITLDetail
    from airflow.models.taskinstance import TaskInstance
    from airflow.models.trigger import handle_event_submit
    from airflow.triggers.base import TriggerEvent
    from airflow.utils import timezone
    from airflow.utils.session import create_session

    with create_session() as session:
        detail = session.get(HITLDetail, ti_id)
        seen["requests"] += 1
        seen["asked"] = [detail.subject, detail.body, detail.options, detail.params]
        payload = {"error": "nobody answered", "error_type": "timeout"}
        if given is not None:
            option, note = given
            detail.responded_by = USER
            detail.responded_at = timezone.utcnow()
            detail.chosen_options = [option]
            detail.params_input = {"note": note}
            session.flush()
            payload = detail.as_resume_event_payload()
        task = session.get(TaskInstance, ti_id)
        handle_event_submit(TriggerEvent(payload), task_instance=task, session=session)


def describe(dag):
    return {
        "max_active_runs": dag.max_active_runs,
        "upstream": {task.task_id: sorted(task.upstream_task_ids) for task in dag.tasks},
        "pools": {task.task_id: task.pool for task in dag.tasks},
        "doc": {task.task_id: task.doc_md for task in dag.tasks},
        "look_again_seconds": dag.get_task("sign_off").response_timeout.total_seconds(),
    }


def recorded(plan):
    """Record an answer with the pipeline steered by a plan; return the outcome and the calls."""
    from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

    from govstats_airflow import signoff

    data = Path(os.environ["GOVSTATS_DATA"])
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(parents=True)
    (data / "plan.txt").write_text(plan)
    given = {"chosen_options": ["同意发布"], "params_input": {}, "responded_by_user": None}
    try:
        outcome = signoff.record("r1", given)
    except (AirflowFailException, AirflowSkipException) as error:
        outcome = f"{type(error).__name__}: {error}"
    return {"outcome": outcome, "calls": (data / "calls.txt").read_text().splitlines()}


def asked_in(database):
    """Whether people are asked in the environment of a database's processes."""
    from govstats_airflow import signoff

    os.environ.update(airflow_env.environment(database))
    return signoff.is_asked()


def main(result):
    airflow_env.adopt(DATABASE)
    metadata.prepare(DATABASE)
    dag = next(dag for dag in headless.load_dags() if dag.dag_id == "release")
    headless.without_retries(dag)
    seen = {"dag": describe(dag), "runs": {}}
    for name, steps in SCENARIOS.items():
        seen["runs"][name] = run(dag, steps)
    seen["recorded"] = {plan: recorded(plan) for plan in ("", "sign=error", "sign_off_state=gone")}
    databases = (airflow_env.LIVE_DATABASE, airflow_env.HEADLESS_DATABASE)
    seen["asked_in"] = {database: asked_in(database) for database in databases}
    result.write_text(json.dumps(seen, ensure_ascii=False))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
