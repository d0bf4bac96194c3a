"""Facts of one submission as immutable files: two Parquet tables, and a summary written last."""

import io
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args, get_type_hints

from govstats.errors import Refusal
from govstats.files import write_atomic
from govstats.layouts.facts import CellFate, Observation
from govstats.observations.model import ReadOutcome

_SUFFIXES = (".observations.parquet", ".cells.parquet", ".json")


def write_facts(folder: Path, outcome: ReadOutcome) -> None:
    """Write what was read, or why not.

    ``<submission_id>.observations.parquet`` and ``.cells.parquet`` have the columns of
    raw.observation and raw.cell; ``.json`` is the summary. Each file appears whole or not at
    all, the summary last, so that facts with a summary are complete. Same outcome, same bytes.

    Args:
        folder: made where it does not exist.
        outcome: of one submission.
    """
    observations, cells, last = (
        folder / f"{outcome.ref.submission_id}{suffix}" for suffix in _SUFFIXES
    )
    write_atomic(observations, _parquet(Observation, outcome.observations))
    write_atomic(cells, _parquet(CellFate, outcome.cells))
    text = json.dumps(summary(outcome), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    write_atomic(last, text.encode())


def read_summary(folder: Path, submission_id: str) -> dict[str, Any] | None:
    """The summary of a submission's facts.

    Returns:
        submission_id, status, layout_id, title, refusal (code and texts, or null), cells_total,
        cells_<fate> and observations; None where the facts are not all there.
    """
    paths = [folder / f"{submission_id}{suffix}" for suffix in _SUFFIXES]
    if not all(path.is_file() for path in paths):
        return None
    try:
        content: dict[str, Any] = json.loads(paths[-1].read_text("utf-8"))
    except ValueError:
        return None
    return content


def summary(outcome: ReadOutcome) -> dict[str, Any]:
    """What ``read_summary`` gives back."""
    return {
        "submission_id": outcome.ref.submission_id,
        "status": outcome.status,
        "layout_id": outcome.layout_id,
        "title": outcome.title,
        "refusal": _refusal(outcome.refusal),
        "cells_total": len(outcome.cells),
        **{f"cells_{fate}": count for fate, count in outcome.counts.items()},
        "observations": len(outcome.observations),
    }


def _refusal(refusal: Refusal | None) -> dict[str, str] | None:
    if refusal is None:
        return None
    return asdict(refusal) | {"text_zh": refusal.text_zh(), "text_en": refusal.text_en()}


def _parquet(
    kind: type[Observation] | type[CellFate], rows: Sequence[Observation | CellFate]
) -> bytes:
    # Imported here: reader processes import this package and need no tables.
    import pyarrow as pa
    import pyarrow.parquet as pq

    arrow = {int: pa.int32(), date: pa.date32(), Decimal: pa.decimal128(28, 8)}
    hints = {name: get_args(hint) or (hint,) for name, hint in get_type_hints(kind).items()}
    schema = pa.schema(
        [
            pa.field(name, arrow.get(kinds[0], pa.string()), nullable=type(None) in kinds)
            for name, kinds in hints.items()
        ]
    )
    columns = {name: [getattr(row, name) for row in rows] for name in hints}
    content = io.BytesIO()
    pq.write_table(pa.table(columns, schema=schema), content, compression="zstd")
    return content.getvalue()
