"""What each of the two releases says of itself: id, periods, inputs, numbers."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from govstats.release import export
from govstats.release.notes.model import Edition
from govstats.release.notes.reading import opened

#: What a release is made of; the engines are compared by version.
_INPUTS = ("ledger", "knowledge", "code")


def edition(warehouse: Path, told: Mapping[str, Any] | None = None) -> Edition:
    """Return what is known of a release.

    Args:
        warehouse: its warehouse; ``release.json`` (published) or ``inputs.json`` (a candidate)
            beside it says what it was made of, or nothing does.
        told: ``release_id`` and ``latest_period``, where the files beside do not say them.

    Raises:
        GovstatsError: the warehouse cannot be read.
    """
    beside = _beside(warehouse.parent) | dict(told or {})
    inputs = beside.get("inputs") or beside
    return Edition(
        release_id=str(beside.get("release_id", warehouse.parent.name)),
        latest_period=str(beside.get("latest_period", "")),
        cut_off=_cut_off(warehouse),
        inputs={name: inputs[name] for name in _INPUTS if name in inputs},
        versions=dict(beside.get("versions") or {}),
        counts=_counts(warehouse),
    )


def _beside(folder: Path) -> dict[str, Any]:
    for name in ("release.json", "inputs.json"):
        if (folder / name).is_file():
            found: dict[str, Any] = json.loads((folder / name).read_text(encoding="utf-8"))
            return found
    return {}


def _counts(warehouse: Path) -> dict[str, int]:
    try:
        return export.counts(warehouse)
    except duckdb.Error:  # an older schema; what can be compared still is
        return {}


def _cut_off(warehouse: Path) -> datetime | None:
    """When the last file came in that the release takes account of."""
    with opened(warehouse) as connection:
        try:
            (found,) = connection.execute(
                "select max(received_at) from marts.fct_submission"
            ).fetchall()
        except duckdb.Error:
            return None
    moment: datetime | None = found[0]
    return moment


def changed(new: Edition, old: Edition) -> tuple[str, ...] | None:
    """Return which inputs differ: of ledger, knowledge, code and engines; None if untold."""
    if not (new.inputs and old.inputs):
        return None
    found = [name for name in _INPUTS if new.inputs.get(name) != old.inputs.get(name)]
    return tuple([*found, "engines"] if new.versions != old.versions else found)
