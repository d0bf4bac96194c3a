"""The releases that are kept: list, verify, switch back."""

import json
import os
from pathlib import Path
from typing import Any

from govstats import fingerprint
from govstats.errors import GovstatsError
from govstats.files import remove_tree, sha256_file, sync_folder
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
    named = Path(release_id).name == release_id != ".." and not here.is_symlink()
    if not named or not (here / "release.json").exists():
        kept = ", ".join(item["release_id"] for item in list_all(settings)) or "none"
        raise GovstatsError(f"no release {release_id!r}", f"kept releases: {kept}")
    return here


def is_kept(settings: Settings, release_id: str) -> bool:
    """Whether a release was published wholly: it is the current one, or a rebuilt past."""
    whole = (settings.releases / release_id / "release.json").exists()
    return whole and (fingerprint.is_past(release_id) or release_id == current_id(settings))


def manifest(release: Path) -> dict[str, Any]:
    """Return ``release.json`` of a release folder; ``as_of`` is the day of a rebuilt past,
    ``signed`` the decision that let it pass, None where none was wanted.
    """
    try:
        content: dict[str, Any] = json.loads((release / "release.json").read_text(encoding="utf-8"))
    except ValueError as error:
        raise GovstatsError(
            f"{release.name}/release.json is damaged: {error}",
            f"`rm -r {release}`: the release cannot be trusted; then `govstats releases --use ID`, "
            "or `govstats run`, which makes it again",
        ) from error
    return {"as_of": None, "signed": None} | content


def list_all(settings: Settings) -> list[dict[str, Any]]:
    """Return the manifests of the kept releases, newest first, each with ``current`` (bool)."""
    shown = current_id(settings)
    folders = (path.parent for path in settings.releases.glob("*/release.json"))
    # a hidden one is being removed
    found = [manifest(path) for path in folders if not path.name.startswith(".")]
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
    link = settings.releases / LINK
    if link.exists() and not link.is_symlink():
        raise GovstatsError(
            f"{link} is no link: releases were copied by a program that follows links",
            f"move it away (`mv {link} /tmp`) and try again; the releases themselves are beside it",
        )
    for left in settings.releases.glob(f".{LINK}.*"):
        left.unlink(missing_ok=True)  # by a switch that was killed
    temporary = settings.releases / f".{LINK}.{os.getpid()}"
    temporary.symlink_to(release_id, target_is_directory=True)
    temporary.replace(link)
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


def surplus(settings: Settings) -> list[dict[str, Any]]:
    """Return the manifests of the oldest releases beyond the number to keep; never the current one.

    Rebuilt pasts are counted apart, so that looking back removes no release.
    """
    kept = [item for item in list_all(settings) if not item["current"]]
    pasts = [item for item in kept if item["as_of"] is not None]
    own = [item for item in kept if item["as_of"] is None]
    return own[settings.keep_releases - 1 :] + pasts[settings.keep_releases :]


def close_to_writing(release: Path) -> None:
    """Take the right to write from what analysts open, from the program's own user too."""
    for path in (release / "warehouse.duckdb", *release.glob("parquet/*.parquet")):
        path.chmod(path.stat().st_mode & ~0o222)


def prune(settings: Settings) -> list[str]:
    """Remove the releases that ``surplus`` names; return their ids."""
    removed = [item["release_id"] for item in surplus(settings)]
    for release_id in removed:
        remove_tree(settings.releases / release_id)
    return removed
