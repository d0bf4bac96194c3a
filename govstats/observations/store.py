"""Reading back what was written about submissions; the tables themselves are left on disk."""

import json
from pathlib import Path
from typing import Any

Summary = dict[str, Any]


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


def _whole(path: Path) -> list[Summary]:
    """The summaries of a pack whose files have the sizes they were written with."""
    try:
        content = json.loads(path.read_text("utf-8"))
        for kind, size in content["files"].items():
            if path.with_name(f"{path.stem}.{kind}.parquet").stat().st_size != size:
                return []
        submissions: list[Summary] = content["submissions"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return []
    return submissions
