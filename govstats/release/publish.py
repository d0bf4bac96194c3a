"""From an audited candidate to the release that readers see."""

import json
import logging
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from govstats import __version__, signoff
from govstats.files import sha256_file, sweep, sync_folder, sync_tree, write_atomic
from govstats.release import export, history, notes, products, releases
from govstats.settings import Settings
from govstats.warehouse import pending

log = logging.getLogger("govstats")


def publish(settings: Settings, release_id: str) -> dict[str, Any]:
    """Export, seal and move a candidate to ``data/releases``, then switch ``current``.

    The release's line of the trend is written before the switch. Candidates that were audited
    before this one and still wait for a sign-off are void then; newer ones go on waiting. A
    rebuilt past is kept beside the releases; ``current`` and the trend stay.

    The caller holds the warehouse lock and has asked the gate. A kill before the switch leaves
    the last release as it was; publishing the same candidate again completes the work.

    Returns:
        The content of ``release.json``.
    """
    candidate = settings.candidates / release_id
    target = settings.releases / release_id
    settings.releases.mkdir(parents=True, exist_ok=True)
    sweep(settings.releases)
    if not (target / "release.json").exists():
        signature = signoff.approval(settings, release_id)
        signed = signature.as_dict() if signature else None
        manifest = _seal(settings, candidate, signed)
        shutil.rmtree(target, ignore_errors=True)
        candidate.rename(target)
        sync_folder(settings.releases)
    else:
        manifest = releases.manifest(target)
        shutil.rmtree(candidate, ignore_errors=True)
    releases.close_to_writing(target)
    if manifest["as_of"] is None:
        history.append(settings, history.measure(target / "warehouse.duckdb", manifest))
        releases.switch(settings, release_id)
        pending.settle(settings, release_id)
    for name in releases.prune(settings):
        log.info("publish: old release %s removed", name)
    return manifest


def _now(settings: Settings) -> datetime:
    """The moment of publishing; never before that of a kept release, whatever the clock says.

    By this order the oldest releases are removed first.
    """
    now = datetime.now(ZoneInfo(settings.timezone))
    kept = (datetime.fromisoformat(r["published_at"]) for r in releases.list_all(settings))
    newest = max(kept, default=now)
    return now if newest < now else newest.astimezone(now.tzinfo) + timedelta(microseconds=1)


def _seal(settings: Settings, candidate: Path, signed: dict[str, str] | None) -> dict[str, Any]:
    """Write products, Parquet and manifest into the candidate and flush it all to disk."""
    inputs = json.loads((candidate / "inputs.json").read_text())
    gate = json.loads((candidate / "gate.json").read_text(encoding="utf-8"))
    told = {name: inputs.get(name) for name in ("release_id", "latest_period", "as_of")}
    products.write(settings, candidate, told | {"gate": gate})
    marts = export.parquet(candidate / "warehouse.duckdb", candidate / "parquet")
    sweep(candidate)
    files = sorted(path for path in candidate.rglob("*") if path.is_file())
    manifest: dict[str, Any] = {
        "release_id": inputs["release_id"],
        "latest_period": inputs["latest_period"],
        "as_of": inputs.get("as_of"),
        "published_at": _now(settings).isoformat(),
        "govstats": __version__,
        "versions": inputs["versions"],
        "inputs": {name: inputs[name] for name in ("ledger", "knowledge", "code")},
        "gate": gate,
        "signed": signed,
        "counts": export.counts(candidate / "warehouse.duckdb"),
        "notes": notes.counts(candidate),
        "marts": marts,
        "files": {
            path.relative_to(candidate).as_posix(): sha256_file(path)
            for path in files
            if path.name != "release.json"
        },
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2, default=str)
    write_atomic(candidate / "release.json", text.encode())
    sync_tree(candidate)
    return manifest
