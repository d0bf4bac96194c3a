"""Candidates, decisions, publishing and kills in any order: nothing unsigned, nothing back."""

import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from govstats import pipeline, signoff
from govstats.errors import GovstatsError
from govstats.release import releases
from govstats.settings import Settings
from govstats.signoff import APPROVED, REJECTED, book
from govstats.warehouse import candidate, pending
from tests.unit.signoff.conftest import audited

KEPT = 3
#: What can happen, and to which of the candidates so far (counted from the newest).
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["build", "approve", "reject", "publish", "killed", "killed late", "run"]),
        st.integers(min_value=0, max_value=3),
    ),
    max_size=14,
)


def die(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def take(settings: Settings, step: str, name: str, patch: pytest.MonkeyPatch) -> None:
    """Take one step about one candidate; a refusal is an end as good as any."""
    with suppress(GovstatsError, KeyboardInterrupt), patch.context() as context:
        if step in ("approve", "reject"):
            decision = APPROVED if step == "approve" else REJECTED
            pipeline.sign(settings, name, decision, "王主任", "意见")
        elif step == "run":
            pipeline.publish_signed(settings)
        else:
            if step == "killed":
                context.setattr(releases, "switch", die)
            elif step == "killed late":
                context.setattr(pending, "settle", die)
            pipeline.publish(settings, name)


@given(steps=STEPS)
@effort(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_order(steps: list[tuple[str, int]], project: Path, no_exports: Any) -> None:
    built: list[str] = []
    shown = -1
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        settings = replace(
            Settings(root=project, data=Path(folder), sign_off=True), keep_releases=KEPT
        )
        for step, back in steps:
            if step == "build":
                name = f"2020-12-{len(built):010}"
                candidate.discard(settings, name, signoff.spared(settings))
                audited(settings, name)
                built.append(name)
            elif built:
                take(settings, step, built[-1 - back % len(built)], patch)
            shown = look(settings, built, shown)


def look(settings: Settings, built: list[str], before: int) -> int:
    """Check what must hold at any time; return the place of the current release among all."""
    current = releases.current_id(settings)
    place = built.index(current) if current else -1
    assert place >= before  # never back to one that was built earlier
    if current:
        assert releases.manifest(settings.releases / current)["signed"]["decision"] == APPROVED
    waits = [each.release_id for each in signoff.waiting(settings)]
    assert all(built.index(name) > place for name in waits)
    decided = {name: book.latest(settings, name) for name in built[place + 1 :]}
    wanted = [name for name, said in decided.items() if said is None or said.counts]
    assert set(wanted[-KEPT:]) <= set(waits)  # what waits is not lost
    return place
