"""From an audited candidate to the release that readers see."""

import json
import logging
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from govstats import __version__
from govstats.files import sha256_file, sync_folder, sync_tree, write_atomic
from govstats.release import export, history, notes, products, releases
from govstats.settings import Settings

log = logging.getLogger("govstats")


def publish(settings: Settings, release_id: str) -> dict[str, Any]:
    """Export, seal and move a candidate to ``data/releases``, then switch ``current``.

    The release's line of the trend is written before the switch. A rebuilt past is kept beside
    the releases; ``current`` and the trend stay.

    The caller holds the warehouse lock and has asked the gate. A kill before the switch leaves
    the last release as it was; publishing the same candidate again completes the work.

    Returns:
        The content of ``release.json``.
    """
    candidate = settings.candidates / release_id
    target = settings.releases / release_id
    settings.releases.mkdir(parents=True, exist_ok=True)
    if not (target / "release.json").exists():
        manifest = _seal(settings, candidate)
        shutil.rmtree(target, ignore_errors=True)
        candidate.rename(target)
        sync_folder(settings.releases)
    else:
        manifest = releases.manifest(target)
        shutil.rmtree(candidate, ignore_errors=True)
    if manifest["as_of"] is None:
        history.append(settings, history.measure(target / "warehouse.duckdb", manifest))
        releases.switch(settings, release_id)
        (settings.candidates / "pending.json").unlink(missing_ok=True)
    for name in releases.prune(settings):
        log.info("publish: old release %s removed", name)
    return manifest


def _seal(settings: Settings, candidate: Path) -> dict[str, Any]:
    """Write products, Parquet and manifest into the candidate and flush it all to disk."""
    inputs = json.loads((candidate / "inputs.json").read_text())
    gate = json.loads((candidate / "gate.json").read_text(encoding="utf-8"))
    told = {name: inputs.get(name) for name in ("release_id", "latest_period", "as_of")}
    products.write(settings, candidate, told | {"gate": gate})
    marts = export.parquet(candidate / "warehouse.duckdb", candidate / "parquet")
    files = sorted(path for path in candidate.rglob("*") if path.is_file())
    manifest: dict[str, Any] = {
        "release_id": inputs["release_id"],
        "latest_period": inputs["latest_period"],
        "as_of": inputs.get("as_of"),
        "published_at": datetime.now(ZoneInfo(settings.timezone)).isoformat(),
        "govstats": __version__,
        "versions": inputs["versions"],
        "inputs": {name: inputs[name] for name in ("ledger", "knowledge", "code")},
        "gate": gate,
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
