"""Reading back what was written about submissions; the tables themselves are left on disk."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from govstats.files import sha256_file

Summary = dict[str, Any]
_SEAL = '{{"sha256": "{}",\n'


def sealed(text: bytes) -> bytes:
    """What is written of a pack, behind a first line with its hash."""
    return _SEAL.format(hashlib.sha256(text).hexdigest()).encode() + text


def read_summaries(folder: Path) -> dict[str, Summary]:
    """The summaries of all facts in a folder, by submission id.

    Returns:
        Per submission: submission_id, status, layout_id, title, format, refusal (code, texts and
        lines, or None), tables, notes, cells_total, cells_<fate>, observations, entry_values;
        ``pack``, the name its files begin with, and ``pack_size``, how many submissions are in
        those. Facts that are not all there are left out.
    """
    summaries: dict[str, Summary] = {}
    for path in sorted(folder.glob("*.json")):
        submissions = _whole(path)
        for summary in submissions:
            placed = summary | {"pack": path.stem, "pack_size": len(submissions)}
            summaries.setdefault(summary["submission_id"], placed)
    return summaries


def read_summary(folder: Path, submission_id: str) -> Summary | None:
    """One of ``read_summaries``; None where its facts are not all there."""
    return read_summaries(folder).get(submission_id)


def drop_damaged(folder: Path, packs: Iterable[str]) -> list[str]:
    """Compare the tables of packs with their hashes; what is damaged does not count any more.

    Sizes alone are compared wherever summaries are read; every byte only here, before a build.

    Returns:
        The packs whose submissions are to be read again.
    """
    damaged = [pack for pack in sorted(set(packs)) if not _as_written(folder, pack)]
    for pack in damaged:
        (folder / f"{pack}.json").unlink(missing_ok=True)
    return damaged


def _as_written(folder: Path, pack: str) -> bool:
    try:
        files = _content(folder / f"{pack}.json")["files"]
        return all(
            sha256_file(folder / f"{pack}.{kind}.parquet") == file["sha256"]
            for kind, file in files.items()
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def _whole(path: Path) -> list[Summary]:
    """The summaries of a pack whose files have the sizes they were written with."""
    try:
        content = _content(path)
        for kind, file in content["files"].items():
            if path.with_name(f"{path.stem}.{kind}.parquet").stat().st_size != file["size"]:
                return []
        submissions: list[Summary] = content["submissions"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return []
    return submissions


def _content(path: Path) -> dict[str, Any]:
    """What a pack's file says.

    Raises:
        ValueError: it is not as it was written.
    """
    written = path.read_bytes()
    if sealed(written.partition(b"\n")[2]) != written:
        raise ValueError(f"{path.name} is not as it was written")
    content: dict[str, Any] = json.loads(written)
    return content
