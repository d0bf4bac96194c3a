"""A running Airflow, asked over its REST interface as a person's browser does: log in, then ask.

For the tests, the measurements and the pictures; nothing of the daily routine needs it.
"""

import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

Answer = dict[str, Any]
_Found = TypeVar("_Found")

ENDED = ("success", "failed")
#: The interface gives at most so many rows of a list at once.
_PAGE = 100
_REQUEST_SECONDS = 30
#: An asset's news starts the next DAG within a few turns of the scheduler.
_QUIET_SECONDS = 5.0
#: An answer within half a second of the question overtakes the scheduler's own note that the task
#: is waiting: it then tries the task again after a while and asks once more. People read first.
_READING_SECONDS = 3.0


class Refused(Exception):
    """Airflow answered with an error: ``status`` is HTTP's, the text holds its own words."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(f"{status}: {text}")
        self.status = status


@dataclass
class Airflow:
    """One user's session at ``url``; every method raises ``Refused`` where Airflow says no."""

    url: str
    token: str = field(default="", repr=False)

    def login(self, user: str, password: str) -> "Airflow":
        """Return the session of another user at the same place."""
        answer = self.ask("/auth/token", {"username": user, "password": password})
        return Airflow(self.url, answer["access_token"])

    def ask(self, path: str, body: object = None, method: str | None = None) -> Answer:
        """Send one request (GET, or POST where there is a body) and return the answer.

        Raises:
            Refused: the answer is an error.
            OSError: nobody answers there.
        """
        headers = {"Content-Type": "application/json"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(  # noqa: S310 - the scheme is the caller's http
            self.url + path, data, headers, method=method
        )
        # No proxy of the machine's environment may stand between loopback and loopback.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=_REQUEST_SECONDS) as response:
                answer: Answer = json.load(response)
        except urllib.error.HTTPError as error:
            raise Refused(error.code, error.read().decode(errors="replace")) from None
        return answer

    def rows(self, path: str, name: str) -> list[Answer]:
        """Return all rows of a list that the interface gives in pages under ``name``."""
        found: list[Answer] = []
        joint = "&" if "?" in path else "?"
        while True:
            page = self.ask(f"{path}{joint}limit={_PAGE}&offset={len(found)}")
            found += page[name]
            if not page[name] or len(found) >= (page["total_entries"] or 0):
                return found

    def runs(self, dag_id: str) -> list[Answer]:
        """Return a DAG's runs, oldest first; none while its file has not been read yet."""
        try:
            return self.rows(f"/api/v2/dags/{dag_id}/dagRuns?order_by=id", "dag_runs")
        except Refused as refused:
            if refused.status != 404:
                raise
            return []

    def trigger(self, dag_id: str, conf: Answer | None = None, within: float = 60) -> str:
        """Start a DAG by hand with these parameters; return the run's id.

        Just after the start its file may not have been read: then wait ``within`` seconds.
        """
        body = {"logical_date": None, "conf": conf or {}}
        deadline = time.monotonic() + within
        while True:
            try:
                run = self.ask(f"/api/v2/dags/{dag_id}/dagRuns", body)
                return str(run["dag_run_id"])
            except Refused as refused:
                if refused.status != 404 or time.monotonic() > deadline:
                    raise
            time.sleep(0.5)

    def backfill(self, dag_id: str, first: str, last: str, **more: object) -> Answer:
        """Start a backfill over partitions from one moment (ISO with offset) to another."""
        body = {"dag_id": dag_id, "from_date": first, "to_date": last, **more}
        return self.ask("/api/v2/backfills", body)

    def ended(self, dag_id: str, count: int, seconds: float = 120) -> list[Answer]:
        """Return the ended runs of a DAG, oldest first, once there are so many."""

        def look() -> list[Answer] | None:
            found = [run for run in self.runs(dag_id) if run["state"] in ENDED]
            return found if len(found) >= count else None

        return wait_until(look, f"{count} ended runs of {dag_id}", seconds)

    def idle(self, seconds: float = 120) -> None:
        """Wait until no run of any DAG has been queued or at work for some seconds."""
        quiet_since = time.monotonic()

        def look() -> bool:
            nonlocal quiet_since
            path = "/api/v2/dags/~/dagRuns?state=running&state=queued&limit=1"
            if self.ask(path)["dag_runs"]:
                quiet_since = time.monotonic()
            return time.monotonic() - quiet_since > _QUIET_SECONDS

        wait_until(look, "no run at work", seconds)

    def tasks(self, dag_id: str = "~", run_id: str = "~") -> list[Answer]:
        """Return the task instances of a run, or of all runs."""
        run = urllib.parse.quote(run_id)
        path = f"/api/v2/dags/{dag_id}/dagRuns/{run}/taskInstances?order_by=id"
        return self.rows(path, "task_instances")

    def task(self, dag_id: str, run_id: str, task_id: str) -> Answer:
        """Return one task that is not mapped."""
        return self.ask(f"{_run(dag_id, run_id)}/taskInstances/{task_id}")

    def log_of(self, dag_id: str, run_id: str, task_id: str, map_index: int = -1) -> str:
        """Return the log of a task's first try as JSON text, its Chinese as it is."""
        path = f"{_run(dag_id, run_id)}/taskInstances/{task_id}/logs/1?map_index={map_index}"
        return json.dumps(self.ask(path), ensure_ascii=False)

    def questions(self) -> list[Answer]:
        """Return what people were asked and have not answered, oldest first."""
        path = "/api/v2/dags/~/dagRuns/~/hitlDetails?response_received=false&order_by=created_at"
        return self.rows(path, "hitl_details")

    def question(self, seconds: float = 120) -> Answer:
        """Wait until somebody is asked something, read it for a moment, return it."""

        def look() -> Answer | None:
            asked = [q for q in self.questions() if q["task_instance"]["state"] == "awaiting_input"]
            return asked[-1] if asked else None

        asked = wait_until(look, "a question to a person", seconds)
        time.sleep(_READING_SECONDS)
        return asked

    def answer(self, question: Answer, option: str, **fields: object) -> Answer:
        """Answer a question with one of its options and its form's fields."""
        task = question["task_instance"]
        place = f"{_run(task['dag_id'], task['dag_run_id'])}/taskInstances/{task['task_id']}"
        body = {"chosen_options": [option], "params_input": fields}
        return self.ask(f"{place}/{task['map_index']}/hitlDetails", body, "PATCH")


def wait_until(look: Callable[[], _Found | None], what: str, seconds: float) -> _Found:
    """Look again and again until something is found; return it.

    Raises:
        TimeoutError: nothing was found in time; names ``what``.
    """
    deadline = time.monotonic() + seconds
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what}: not within {seconds:.0f} s")
        time.sleep(0.5)


def _run(dag_id: str, run_id: str) -> str:
    return f"/api/v2/dags/{dag_id}/dagRuns/{urllib.parse.quote(run_id)}"
