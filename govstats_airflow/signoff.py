"""Asking a person in Airflow to sign a release, and taking the answer to the pipeline."""

import os
from datetime import timedelta
from logging import getLogger
from typing import Any

from airflow.providers.standard.operators.hitl import HITLOperator
from airflow.sdk import Context, Param
from airflow.sdk.exceptions import TaskAwaitingInput

from govstats import pipeline
from govstats.settings import Settings
from govstats.signoff import APPROVED, REJECTED
from govstats_airflow.defaults import DAG_SETTINGS, errors_speak, stop_here

APPROVE, REJECT = "同意发布", "退回"
#: How often an unanswered request looks whether it is still wanted; no request expires by time.
LOOK_AGAIN = timedelta(minutes=15)
#: A form cannot ask for words with one button only.
_NO_WORDS = "（未写意见）"

#: An unanswered request holds a run open until it is void, and must not keep a newer candidate
#: from being asked about.
SIGNED_DAG_SETTINGS: dict[str, Any] = DAG_SETTINGS | {"max_active_runs": 64}


def is_asked() -> bool:
    """Whether requests are put to people: sign-off is on, and somebody can answer in Airflow.

    A headless run asks nobody; there ``publish`` ends with what to do.
    """
    attended = not os.environ.get("GOVSTATS_UNATTENDED")
    return attended and Settings.from_environment().sign_off


class SignOff(HITLOperator):
    """Asks for a decision on one release and waits, for days where need be, using no worker.

    A request that was overtaken ends by itself: skipped where a newer release was published,
    passed where it was approved on the command line.

    Args:
        asked: what ``pipeline.sign_off_request`` returned, as the output of the task before.

    Returns:
        As ``HITLOperator``, the answer with ``chosen_options``, ``params_input`` and
        ``responded_by_user``; None where it was approved elsewhere.
    """

    template_fields = ("asked", "subject", "body")

    def __init__(self, *, asked: Any, **kwargs: Any) -> None:  # noqa: ANN401 - an XComArg
        super().__init__(
            subject="统计数据发布签发",
            options=[APPROVE, REJECT],
            params={"note": Param("", type="string", title="意见", description="退回时请写明理由")},
            response_timeout=LOOK_AGAIN,
            **kwargs,
        )
        self.asked = asked

    def execute(self, context: Context) -> Any:  # noqa: ANN401 - as the base class
        """Put the request, unless it was approved elsewhere or is void already."""
        self._take_words()
        if self._stands() == "approved":
            return None
        return super().execute(context)

    def execute_complete(self, context: Context, event: dict[str, Any]) -> Any:  # noqa: ANN401
        """Return the answer; without one look whether it is still wanted, and wait on."""
        self._take_words()
        if "error" not in event:
            return super().execute_complete(context, event)
        if self._stands() == "approved":
            return None
        raise TaskAwaitingInput(method_name="execute_complete", timeout=LOOK_AGAIN)

    def _take_words(self) -> None:
        self.subject, self.body = self.asked["subject"], self.asked["body"]

    def _stands(self) -> str:
        release_id = self.asked["release_id"]
        with errors_speak():
            state = pipeline.sign_off_state(Settings.from_environment(), release_id)
        if state == "gone":
            stop_here(f"release {release_id} waits for nobody any more: published or superseded")
        return state


def record(release_id: str, answer: dict[str, Any] | None) -> str:
    """Write an answer into the book of decisions; return the id of the release to publish.

    Args:
        release_id: the release that was asked about.
        answer: what ``SignOff`` returned; None where it was approved elsewhere.

    Raises:
        AirflowSkipException: it was rejected, or a newer release was published meanwhile; the
            last release stands.
        AirflowFailException: the decision could not be taken in.
    """
    settings = Settings.from_environment()
    with errors_speak():
        if answer is None:
            return release_id
        if pipeline.sign_off_state(settings, release_id) == "gone":
            stop_here(f"release {release_id} is published or superseded; the answer has no effect")
        approved = answer["chosen_options"] == [APPROVE]
        said = str(answer["params_input"].get("note") or "").strip()
        note = said or ("" if approved else _NO_WORDS)
        decision = APPROVED if approved else REJECTED
        pipeline.sign(settings, release_id, decision, _who(answer), note)
    if not approved:
        stop_here(f"release {release_id} was rejected by {_who(answer)}: {note}")
    getLogger("govstats").info("release %s was approved by %s", release_id, _who(answer))
    return release_id


def _who(answer: dict[str, Any]) -> str:
    user = answer["responded_by_user"] or {}
    return str(user.get("name") or user.get("id") or "airflow")
