"""Making the notes of a release and writing them beside its warehouse."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from govstats import fingerprint
from govstats.errors import GovstatsError
from govstats.files import write_atomic
from govstats.numbers import plain
from govstats.release import releases
from govstats.release.notes.compare import compare
from govstats.release.notes.editions import changed, edition
from govstats.release.notes.model import Edition, Notes
from govstats.release.notes.reading import opened
from govstats.release.notes.text import markdown
from govstats.release.report import names
from govstats.settings import Settings

TEXT, DATA = "notes.md", "notes.json"


def write(
    warehouse: Path, previous: Path | None, folder: Path, release: Mapping[str, Any]
) -> Notes:
    """Write ``notes.md`` and ``notes.json`` of a release to ``folder``.

    They hold no time of their making: the same two warehouses and manifests give the same bytes.
    A rebuilt past is compared with nothing and gets no files.

    Args:
        warehouse: DuckDB file of the release, which nobody writes to.
        previous: that of the release before, with its ``release.json`` beside it, or None; may
            be of an older schema, and then says what could not be compared.
        folder: where the files go; made when missing.
        release: ``release_id``, ``latest_period`` and ``as_of``.

    Returns:
        The changes: ``news`` puts them into words, ``counts`` is for the manifest.

    Raises:
        GovstatsError: the release cannot be read or lacks a mart; that the one before cannot is
            said in the notes.
    """
    found = made(warehouse, previous, release)
    if found.state != "past":
        write_atomic(folder / TEXT, markdown(found).encode())
        write_atomic(folder / DATA, as_json(found).encode())
    return found


def made(warehouse: Path, previous: Path | None, release: Mapping[str, Any] | None = None) -> Notes:
    """Compare two releases without writing anything; arguments and errors as for ``write``."""
    told = dict(release or {})
    new = edition(warehouse, told)
    with opened(warehouse) as connection:
        words = names.read(connection)
        if told.get("as_of") is not None:
            return Notes(new, None, "past", words)
        if previous is None:
            return Notes(new, None, "first", words)
        try:
            old = edition(previous)
        except (GovstatsError, ValueError):  # no reason to hold back the one that is whole
            return Notes(new, None, "unreadable", words)
        with opened(previous) as other:
            parts = compare(connection, other, new.latest_period, old.latest_period)
    return Notes(new, old, "compared", words, changed(new, old), parts)


def previous(settings: Settings, release_id: str) -> Path | None:
    """Return the warehouse that a new release is compared with: that of the current one.

    None before the first release, and for a rebuilt past.
    """
    shown = releases.current_id(settings)
    if shown is None or shown == release_id or fingerprint.is_past(release_id):
        return None
    return settings.releases / shown / "warehouse.duckdb"


def counts(folder: Path) -> dict[str, int | None]:
    """Return the numbers of changes of written notes, for the manifest; empty without notes."""
    path = folder / DATA
    if not path.is_file():
        return {}
    found: dict[str, int | None] = json.loads(path.read_text(encoding="utf-8"))["counts"]
    return found


def as_json(notes: Notes) -> str:
    """Return the notes for programs: figures as numbers, days as ISO text, missing as null."""
    content = {
        **_edition(notes.release),
        "state": notes.state,
        "previous": notes.previous and _edition(notes.previous),
        "changed_inputs": notes.changed if notes.changed is None else list(notes.changed),
        "counts": notes.counts,
        "changes": {
            name: {"not_compared": list(part.missing), "rows": list(part.rows)}
            for name, part in notes.parts.items()
        },
    }
    return json.dumps(content, ensure_ascii=False, indent=1, default=_encoded) + "\n"


def _edition(of: Edition) -> dict[str, Any]:
    return {
        "release_id": of.release_id,
        "latest_period": of.latest_period,
        "data_as_of": of.cut_off,
        "inputs": dict(of.inputs),
        "versions": dict(of.versions),
        "numbers": dict(of.counts),
    }


def _encoded(value: object) -> object:
    if isinstance(value, Decimal):
        return float(plain(value)) if value % 1 else int(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)
