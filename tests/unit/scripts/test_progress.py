import io
import logging
import time
from types import SimpleNamespace

import pytest

from govstats.errors import KnowledgeError, ReleaseHeld
from scripts.progress import Console, Progress, explain


def wrapped(error):
    """As the DAGs raise it: Airflow's error around ours."""
    outer = RuntimeError(str(error))
    outer.__cause__ = error
    return outer


def instance(map_index=-1, label=None):
    return SimpleNamespace(
        dag_id="ingest", task_id="parse", map_index=map_index, rendered_map_index=label
    )


@pytest.fixture
def console():
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Console(time.monotonic() - 61))
    logger = logging.getLogger("govstats")
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield stream
    logger.removeHandler(handler)
    logger.setLevel(before)


def test_our_errors_keep_their_words_and_codes_also_inside_airflows():
    assert explain(ReleaseHeld("held", "look")) == ("held\n  → look", 4)
    assert explain(wrapped(KnowledgeError("wrong", "mend"))) == ("wrong\n  → mend", 2)


def test_other_errors_are_named_and_what_caused_them_does_not_hide_them():
    assert explain(ValueError("no number")) == ("ValueError: no number", 1)
    assert explain(wrapped(ValueError("inner"))) == ("RuntimeError: inner", 1)
    assert explain(None)[1] == 1


def test_lines_begin_with_the_seconds_since_the_start_and_warnings_say_so(console):
    log = logging.getLogger("govstats.test")
    log.info("good")
    log.warning("refused: a.xlsx\nas it is empty")
    first, second, third = console.getvalue().splitlines()
    assert first.split() == ["61.0s", "good"]
    assert "WARNING: refused: a.xlsx" in second
    assert third == "         as it is empty"


def test_a_task_is_announced_timed_and_labelled(console):
    progress = Progress()
    progress.on_task_instance_running(instance(3))
    progress.on_task_instance_success(instance(3, "50 files"))
    announced, done = console.getvalue().splitlines()
    assert announced.endswith("▶ ingest / parse[3]")
    assert done.endswith("✔ ingest / parse[3] 0.0 s · 50 files")


def test_the_first_failure_is_kept():
    progress = Progress()
    first, second = ValueError("first"), ValueError("second")
    progress.on_task_instance_failed(instance(1), first)
    progress.on_task_instance_failed(instance(2), second)
    assert progress.error is first
    assert progress.failed_task == "ingest / parse[1]"


def test_a_failure_told_in_words_only_is_kept_too():
    progress = Progress()
    progress.on_task_instance_failed(instance(), "killed")
    assert explain(progress.error) == ("RuntimeError: killed", 1)


def test_an_interrupt_is_passed_on():
    with pytest.raises(KeyboardInterrupt):
        Progress().on_task_instance_failed(instance(), KeyboardInterrupt())
