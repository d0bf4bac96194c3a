"""The releases that are kept: list, verify, switch back."""

import json
import os
import shutil
from pathlib import Path
from typing import Any

from govstats import fingerprint
from govstats.errors import GovstatsError
from govstats.files import sha256_file, sync_folder
from govstats.settings import Settings

LINK = "current"


def current_id(settings: Settings) -> str | None:
    """Return the id of the release that ``current`` shows, or None before the first."""
    link = settings.releases / LINK
    return link.readlink().name if link.is_symlink() and link.is_dir() else None


def current_folder(settings: Settings) -> Path:
    """Return the current release's own folder, so that a later switch does not move a reader.

    Raises:
        GovstatsError: nothing is released yet.
    """
    release_id = current_id(settings)
    if release_id is None:
        raise GovstatsError("nothing is released yet", "run `make run` or `govstats run` first")
    return settings.releases / release_id


def folder(settings: Settings, release_id: str) -> Path:
    """Return the folder of a kept release.

    Raises:
        GovstatsError: there is no such release.
    """
    here = settings.releases / release_id
    named = Path(release_id).name == release_id and not here.is_symlink()
    if not named or not (here / "release.json").exists():
        kept = ", ".join(item["release_id"] for item in list_all(settings)) or "none"
        raise GovstatsError(f"no release {release_id!r}", f"kept releases: {kept}")
    return here


def is_kept(settings: Settings, release_id: str) -> bool:
    """Whether a release was published wholly: it is the current one, or a rebuilt past."""
    whole = (settings.releases / release_id / "release.json").exists()
    return whole and (fingerprint.is_past(release_id) or release_id == current_id(settings))


def manifest(release: Path) -> dict[str, Any]:
    """Return ``release.json`` of a release folder; ``as_of`` is the day of a rebuilt past."""
    content: dict[str, Any] = json.loads((release / "release.json").read_text(encoding="utf-8"))
    return {"as_of": None} | content


def list_all(settings: Settings) -> list[dict[str, Any]]:
    """Return the manifests of the kept releases, newest first, each with ``current`` (bool)."""
    shown = current_id(settings)
    found = [manifest(path.parent) for path in settings.releases.glob("*/release.json")]
    unique = {item["release_id"]: item for item in found}
    ordered = sorted(unique.values(), key=lambda item: item["published_at"], reverse=True)
    return [item | {"current": item["release_id"] == shown} for item in ordered]


def switch(settings: Settings, release_id: str) -> None:
    """Point ``current`` to a kept release in one atomic step.

    Raises:
        GovstatsError: there is no such release, or it is a rebuilt past.
    """
    if manifest(folder(settings, release_id))["as_of"] is not None:
        raise GovstatsError(
            f"{release_id} shows a past day and is never the current release",
            "look into it with `govstats sql --release`, or switch to a release of its time",
        )
    temporary = settings.releases / f".{LINK}.{os.getpid()}"
    temporary.unlink(missing_ok=True)
    temporary.symlink_to(release_id, target_is_directory=True)
    temporary.replace(settings.releases / LINK)
    sync_folder(settings.releases)


def verify(settings: Settings, release_id: str) -> list[str]:
    """Compare a release's files with the hashes in its manifest; return what differs, in words."""
    release = folder(settings, release_id)
    expected: dict[str, str] = manifest(release)["files"]
    problems = []
    for name, digest in sorted(expected.items()):
        path = release / name
        if not path.is_file():
            problems.append(f"{name} is missing")
        elif sha256_file(path) != digest:
            problems.append(f"{name} was changed after publishing")
    return problems


def prune(settings: Settings) -> list[str]:
    """Remove the oldest releases beyond the number to keep; never the current one.

    Rebuilt pasts are counted apart, so that looking back removes no release.
    """
    kept = [item for item in list_all(settings) if not item["current"]]
    pasts = [item for item in kept if item["as_of"] is not None]
    own = [item for item in kept if item["as_of"] is None]
    surplus = own[settings.keep_releases - 1 :] + pasts[settings.keep_releases :]
    for item in surplus:
        shutil.rmtree(settings.releases / item["release_id"])
    return [item["release_id"] for item in surplus]
