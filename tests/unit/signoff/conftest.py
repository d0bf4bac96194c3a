"""Candidates as the audit leaves them, without a warehouse: a gate's decision and inputs."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from govstats.release import history, publish
from govstats.settings import Settings
from govstats.warehouse import pending

Audit = Callable[..., Path]


@pytest.fixture
def signed(settings: Settings) -> Settings:
    """An installation in which a person signs every release; exports and the trend are left out."""
    return replace(settings, sign_off=True)


@pytest.fixture
def audit(signed: Settings) -> Audit:
    """Leaves an audited candidate: ``audit("2020-12-a", released=False)`` a held one."""

    def leave(release_id: str, released: bool = True) -> Path:
        return audited(signed, release_id, released)

    return leave


@pytest.fixture(autouse=True)
def no_exports(monkeypatch: pytest.MonkeyPatch) -> None:
    """Publish without products, Parquet and trend: they need a warehouse."""

    def seal(_: Settings, candidate: Path, signature: dict[str, str] | None) -> dict[str, Any]:
        manifest = {"release_id": candidate.name, "published_at": "2021", "signed": signature}
        manifest["as_of"] = "2020-10-20" if "as-of" in candidate.name else None
        (candidate / "release.json").write_text(json.dumps(manifest), encoding="utf-8")
        return manifest

    monkeypatch.setattr(publish, "_seal", seal)
    monkeypatch.setattr(history, "measure", lambda *_: None)
    monkeypatch.setattr(history, "append", lambda *_: None)


def audited(settings: Settings, release_id: str, released: bool = True) -> Path:
    """Make the folder of an audited candidate and announce it."""
    here = settings.candidates / release_id
    here.mkdir(parents=True)
    gate = {
        "released": released,
        "held": ["财政局-2020-12-0123456789"],
        "counts": {"hard": 0 if released else 1, "soft": 79, "info": 54},
        "text_zh": "可以发布。" if released else "不能发布：强制性审核意见 1 条。",
        "text_en": "may be released" if released else "held: 1 hard finding",
    }
    inputs = {"release_id": release_id, "latest_period": "2020-12"}
    (here / "gate.json").write_text(json.dumps(gate, ensure_ascii=False), encoding="utf-8")
    (here / "inputs.json").write_text(json.dumps(inputs), encoding="utf-8")
    (here / "warehouse.duckdb").touch()
    if "as-of" not in release_id:
        pending.announce(settings, release_id)
    return here
