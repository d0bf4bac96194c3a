"""Writing facts: a pack holds those of one or more submissions in one set of files.

A small sheet is read in a millisecond or two, about what creating three files costs; so the
facts of small sheets share files. A large sheet is a pack of its own.
"""

import hashlib
import json
import os
from dataclasses import asdict, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from govstats.errors import Refusal
from govstats.files import sync_folder, write_atomic
from govstats.layouts.facts import Note, TableRead, count_fates
from govstats.observations.codes import Codes
from govstats.observations.columns import CELL_SCHEMA, ENTRY_SCHEMA, OBSERVATION_SCHEMA
from govstats.observations.entries import entry_tables
from govstats.observations.figures import Figures
from govstats.observations.model import ReadOutcome
from govstats.observations.rows import CellRows, ObservationRows
from govstats.observations.store import sealed

#: Kinds of Parquet files and the columns they have, those of raw.observation and so on.
KINDS = {"observations": OBSERVATION_SCHEMA, "cells": CELL_SCHEMA, "entries": ENTRY_SCHEMA}
#: Bytes of the keys of one piece of entries; beyond, Parquet would repeat them for every field.
_KEYS_PAGE = 4 * 1024 * 1024
#: Rows kept in memory before they are written out.
_HELD = 50_000


class Pack:
    """Facts being written; nothing is visible before ``close``.

    ``<name>.observations.parquet``, ``.cells.parquet`` and ``.entries.parquet`` have the columns
    of raw.observation, raw.sheet_cell and raw.entry_value; a file without rows is left out.
    ``<name>.json`` has sizes and hashes of those files and one summary per submission, behind a
    hash of all that. It appears last, so that facts with a summary whose sizes agree are complete.
    Same outcomes, same bytes.

    Args:
        folder: made where it does not exist.
        name: that of the ``Job``.
        codes: what words in fields of entries may mean.
    """

    def __init__(self, folder: Path, name: str, codes: Codes) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self._name, self._codes = folder, name, codes
        self._files = {kind: _File(folder, f"{name}.{kind}.parquet", kind) for kind in KINDS}
        self._figures = Figures()
        self._observations = ObservationRows(self._figures)
        self._cells = CellRows(self._figures)
        self._summaries: list[dict[str, Any]] = []

    def add(self, outcome: ReadOutcome) -> None:
        """Take in what was read of a submission, or why it was not."""
        self._observations.add(outcome.observations)
        self._cells.add(outcome.cells)
        if len(self._observations) + len(self._cells) > _HELD:
            self._write_out()
        cells = values = 0
        ref, codes = outcome.ref, replace(self._codes, epoch_1904=outcome.epoch_1904)
        for entries in outcome.entries:
            for rows, filled in entry_tables(
                entries, ref.submission_id, ref.department_code, codes
            ):
                self._files["entries"].write(rows)
                cells, values = cells + filled, values + len(rows)
        self._summaries.append(_summary(outcome, cells, values))

    def close(self) -> list[dict[str, Any]]:
        """Make the facts visible.

        Returns:
            The summaries, in the order of ``add``.
        """
        self._write_out()
        files = {kind: file.close() for kind, file in self._files.items() if file.is_open}
        lines = ",\n".join(
            json.dumps(summary, ensure_ascii=False, sort_keys=True) for summary in self._summaries
        )
        text = f'"files": {json.dumps(files)}, "submissions": [\n{lines}\n]}}\n'.encode()
        sync_folder(self._folder)
        write_atomic(self._folder / f"{self._name}.json", sealed(text))
        return self._summaries

    def _write_out(self) -> None:
        read = self._figures.read()
        if self._observations:
            self._files["observations"].write(self._observations.table(read))
        if self._cells:
            self._files["cells"].write(self._cells.table(read))


def warm_up() -> None:
    """Have Arrow look once for what it may work with."""
    pa.array([""])


class _File:
    """One Parquet file under a temporary name until it is whole."""

    def __init__(self, folder: Path, name: str, kind: str) -> None:
        self._path = folder / name
        self._temporary = folder / f".{name}.{os.getpid()}.tmp"
        self._schema = KINDS[kind]
        self._writer: Any = None

    @property
    def is_open(self) -> bool:
        """Whether it has rows."""
        return self._writer is not None

    def write(self, rows: pa.Table) -> None:
        """Add an Arrow table as a row group."""
        if self._writer is None:
            names = [f.name for f in self._schema if pa.types.is_dictionary(f.type)]
            self._writer = pq.ParquetWriter(
                self._temporary, self._schema, compression="lz4", write_statistics=False,
                use_dictionary=names or True, dictionary_pagesize_limit=_KEYS_PAGE,
            )  # fmt: skip
        self._writer.write_table(rows)

    def close(self) -> dict[str, Any]:
        """Flush it to disk under its own name; returns its size and its hash."""
        self._writer.close()
        with self._temporary.open("rb") as handle:
            os.fsync(handle.fileno())
            digest = hashlib.file_digest(handle, "sha256").hexdigest()
        self._temporary.replace(self._path)
        return {"size": self._path.stat().st_size, "sha256": digest}


def _summary(outcome: ReadOutcome, entry_cells: int, entry_values: int) -> dict[str, Any]:
    counts = count_fates(outcome.cells)
    counts["observation"] += entry_cells
    return {
        "submission_id": outcome.ref.submission_id,
        "status": outcome.status,
        "layout_id": outcome.layout_id,
        "title": outcome.title,
        "format": outcome.format,
        "is_form": outcome.is_form,
        "refusal": _refusal(outcome.refusal),
        "tables": _said(outcome.tables),
        "notes": _said(outcome.notes),
        "cells_total": len(outcome.cells) + entry_cells,
        **{f"cells_{fate}": count for fate, count in counts.items()},
        "observations": len(outcome.observations),
        "entry_values": entry_values,
    }


@lru_cache(maxsize=256)
def _said(rows: tuple[TableRead | Note, ...]) -> list[dict[str, Any]]:
    """Tables or notes; files of one form share them."""
    return [asdict(row) for row in rows]


def _refusal(refusal: Refusal | None) -> dict[str, str] | None:
    if refusal is None:
        return None
    return asdict(refusal) | {"text_zh": refusal.text_zh(), "text_en": refusal.text_en()}
