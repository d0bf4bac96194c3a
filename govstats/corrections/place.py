"""The cell a correction is about, read again by the reader that makes the observations."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from govstats.errors import GovstatsError
from govstats.intake import kept_copy, survey
from govstats.intake.places import Registry
from govstats.observations import SubmissionRef, read_into
from govstats.release import reader
from govstats.settings import Settings

_ADDRESS = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}")
#: What raw.observation is keyed by within a sheet; the models join it alike (``figure_key``).
_KEY = ("indicator_code", "ref_area", "scope", "period_end", "period_type", "measure")


_KINDS = ("observations", "entries", "cells")
_UNREGISTERED = "unregistered"

Row = dict[str, Any]


@dataclass(frozen=True)
class Located:
    """A figure in a cell: where its file belongs, and what the reader makes of it.

    ``figure`` is what the cell reports, ``value`` what it holds in ``unit``, ``text`` as typed.
    """

    ref: SubmissionRef
    layout_id: str
    sheet: str
    cell: str
    figure: str
    value: Decimal
    unit: str | None
    text: str


def locate(settings: Settings, what: str, sheet: str, cell: str) -> Located:
    """Read a file and return the figure in one of its cells.

    Args:
        settings: the installation.
        what: a submission id, or the path of a file below data/raw.
        sheet: name of the worksheet.
        cell: address, e.g. D7.

    Raises:
        GovstatsError: no such file, sheet or cell, the file is refused, or the cell is no figure.
    """
    address = unicodedata.normalize("NFKC", cell).strip().upper().replace("$", "")
    if not _ADDRESS.fullmatch(address):
        raise GovstatsError(f"{cell!r} is no cell address", "write it like D7")
    ref = _submission(settings, what)
    facts = _read(settings, ref, sheet, address)
    found = [*map(_crossing, facts["observations"]), *map(_entry, facts["entries"])]
    if len(found) != 1 or found[0]["value"] is None:
        raise GovstatsError(
            f"{ref.file}, sheet {sheet}, {address} {_nature(found, facts['cells'])}",
            "only single figures that the reader takes from a cell can be corrected; "
            "`govstats inspect` shows them",
        )
    figure = found[0]
    return Located(
        ref, figure["layout_id"], sheet, address, figure["figure"], figure["value"],
        figure["unit"], figure["value_text"] or "",
    )  # fmt: skip


def _read(settings: Settings, ref: SubmissionRef, sheet: str, address: str) -> dict[str, list[Row]]:
    """Read a file into facts of its own; return the rows about one cell by kind."""
    with TemporaryDirectory(prefix="govstats-") as folder:
        (summary,) = read_into([ref], settings, Path(folder))
        if summary.reason is not None:
            raise GovstatsError(
                f"{ref.file} cannot be read: {summary.reason}",
                "a refused file has no figures to correct",
            )
        facts = {kind: _facts(Path(folder), kind, sheet, address) for kind in _KINDS}
    if not any(facts.values()):
        _check_sheet(ref, summary.content["tables"], sheet)
    return facts


def _facts(folder: Path, kind: str, sheet: str, address: str) -> list[Row]:
    """Rows of facts about one cell."""
    files = [str(path) for path in folder.glob(f"*.{kind}.parquet")]
    if not files:
        return []
    with duckdb.connect() as connection:
        return reader.rows(
            connection,
            "select * from read_parquet(?) where sheet = ? and cell = ?",
            [files, sheet, address],
        )


def _crossing(row: Row) -> Row:
    key = "/".join(str(row[name]) for name in _KEY)
    return row | {"figure": key, "value": row["cell_value"], "unit": row["cell_unit"]}


def _entry(row: Row) -> Row:
    """A value of a register: only plain numbers are figures that can be corrected."""
    key = f"{row['entry_key'] or row['entry_number']}/{row['field_id']}"
    value = row["value_number"] if row["field_type"] == "number" else None
    kind = row["missing_kind"] or row["field_type"]
    return row | {"figure": key, "value": value, "unit": row["value_unit"], "missing_kind": kind}


def _submission(settings: Settings, what: str) -> SubmissionRef:
    entries = survey(settings).entries
    path = Path(what)
    relative = _below_raw(settings, path)
    for entry in entries:
        if what == entry.submission_id or (relative and relative.as_posix() == entry.file):
            return SubmissionRef(
                entry.submission_id,
                entry.department_code,
                entry.time_period,
                entry.file,
                kept_copy(settings, entry),
            )
    if relative is None:
        names = [entry.submission_id for entry in entries]
        near = get_close_matches(what, names, n=3, cutoff=0.6)
        raise GovstatsError(
            f"{what} is neither a registered submission nor a file below {settings.raw}",
            f"did you mean {', '.join(near)}?" if near else "check the path",
        )
    place = Registry.load(settings).place(relative)
    if place is None:
        raise GovstatsError(
            f"the folders of {relative} name no known department and period",
            "put the file into data/raw/<department>/<YYYY-MM>/",
        )
    file = relative.as_posix()
    return SubmissionRef(
        _UNREGISTERED, place.department_code, place.time_period, file, settings.raw / relative
    )


def _below_raw(settings: Settings, path: Path) -> Path | None:
    """Return the path of an existing file below data/raw, as the ledger writes it."""
    for candidate in (Path.cwd() / path, settings.raw / path):
        if candidate.is_file() and candidate.resolve().is_relative_to(settings.raw):
            return candidate.resolve().relative_to(settings.raw)
    return None


def _check_sheet(ref: SubmissionRef, tables: list[Row], sheet: str) -> None:
    names = list(dict.fromkeys(table["sheet"] for table in tables))
    if sheet not in names:
        raise GovstatsError(
            f"{ref.file} has no table read from a sheet {sheet!r}",
            f"its sheets with figures: {'、'.join(names) or 'none'}",
        )


def _nature(found: list[Row], cells: list[Row]) -> str:
    """Say what a cell is that holds no single figure."""
    if len(found) > 1:
        return "speaks for several figures"
    for row in found:
        shown = f"“{row['value_text']}”" if row["value_text"] else "blank"
        return f"holds no figure: {row['missing_kind']} ({shown})"
    for row in cells:
        return f"is no figure but {row['fate']}: “{row['value_text']}”"
    return "is empty"
