"""What may be asked for: a target, the address of a figure, a cell of a workbook of the release."""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import duckdb

from govstats.errors import GovstatsError
from govstats.release import reader
from govstats.release.reference import Reference
from govstats.settings import Settings
from govstats.tracing.model import Address
from govstats.workbooks.cells import Sheet, column_number
from govstats.workbooks.reader import open_workbook

#: The sheet of a bulletin's workbook that says where each figure comes from, and its headings.
SOURCES = "数据来源"
TABLE, CELL, REFERENCE = "表", "单元格", "数据地址"
_IN_WORKBOOK = re.compile(r"(?P<file>.+\.xlsx)[ #](?P<sheet>.+)!\$?(?P<c>[A-Za-z]+)\$?(?P<r>\d+)")
_JUDGED = """
select
    progress.*, target.name_zh, target.demand_zh, target.section, target.item, target.strength,
    target.direction, period.label_zh
from marts.fct_target_progress as progress
inner join marts.dim_target as target on progress.target_id = target.target_id
inner join marts.dim_period as period on progress.period_end = period.period_end
where progress.target_id = ? and period.time_period = ?
"""


@dataclass(frozen=True)
class Asked:
    """A figure asked for; ``judgement`` where a target was, ``address`` where a workbook was."""

    reference: Reference
    address: Address | None = None
    judgement: dict[str, Any] | None = None


def resolve(
    connection: duckdb.DuckDBPyConnection,
    release: Path,
    settings: Settings,
    what: str,
    time_period: str | None,
) -> Asked:
    """Find the figure that ``what`` names.

    Args:
        connection: the release's warehouse.
        release: its folder.
        settings: limits of workbooks that are opened.
        what: a target's id or a part of it (then ``time_period``, YYYY-MM, says when), an address
            ``mart/column?key=value&…``, or ``<file of the release> <sheet>!<cell>``.
        time_period: the period of a target.

    Raises:
        GovstatsError: nothing, or more than one thing, is called so.
    """
    place = _IN_WORKBOOK.fullmatch(what.strip())
    if place:
        return _in_workbook(release, settings, place)
    if "?" in what:
        return Asked(Reference.parse(what.strip()))
    if time_period is None:
        raise GovstatsError(
            f"{what!r} is a target, and of which period is not said", "add --period YYYY-MM"
        )
    return _judged(connection, what, time_period)


def _judged(connection: duckdb.DuckDBPyConnection, what: str, time_period: str) -> Asked:
    target_id = _target(connection, what)
    found = reader.rows(connection, _JUDGED, [target_id, time_period])
    if not found:
        raise GovstatsError(
            f"target {target_id} is not judged at {time_period}",
            f"periods judged: {_periods(connection, target_id)}",
        )
    key = {name: found[0][name] for name in ("target_id", "period_end")}
    return Asked(Reference.of("fct_target_progress", "status_zh", key), judgement=found[0])


def _target(connection: duckdb.DuckDBPyConnection, target: str) -> str:
    """Return the one target that is named by its id or by a part of it."""
    rows = connection.execute("select target_id from marts.dim_target order by target_id")
    ids: list[str] = [row[0] for row in rows.fetchall()]
    if target in ids:
        return target
    partial = [name for name in ids if target in name]
    if len(partial) == 1:
        return partial[0]
    near = partial or get_close_matches(target, ids, n=5, cutoff=0.3) or ids
    raise GovstatsError(f"no single target is called {target!r}", f"try one of: {', '.join(near)}")


def _periods(connection: duckdb.DuckDBPyConnection, target_id: str) -> str:
    found = connection.execute(
        "select strftime(period_end, '%Y-%m') from marts.fct_target_progress "
        "where target_id = ? order by 1",
        [target_id],
    ).fetchall()
    return ", ".join(row[0] for row in found) or "none"


def _in_workbook(release: Path, settings: Settings, place: re.Match[str]) -> Asked:
    file, sheet, cell = place["file"], place["sheet"].strip("'"), f"{place['c']}{place['r']}"
    path = release / file
    if not path.resolve().is_relative_to(release.resolve()) or not path.is_file():
        have = sorted(p.relative_to(release).as_posix() for p in release.glob("bulletin/*.xlsx"))
        raise GovstatsError(
            f"release {release.name} has no file {file}",
            f"workbooks with addresses: {', '.join(have) or 'none'}",
        )
    sheets = {one.name: one for one in open_workbook(path, settings.limits).sheets}
    if SOURCES not in sheets:
        raise GovstatsError(f"{file} has no sheet {SOURCES}", "ask for a cell of a bulletin")
    listed = _listed(sheets[SOURCES])
    reference = listed.get((sheet, cell.upper()))
    if reference is None:
        tables = sorted({name for name, _ in listed})
        near = sorted((at for name, at in listed if name == sheet), key=_order)
        raise GovstatsError(
            f"{sheet}!{cell} of {file} shows no figure",
            f"figures of {sheet}: {', '.join(near)}" if near else f"sheets: {', '.join(tables)}",
        )
    at = sheets[sheet].at(int(place["r"]), _column(place["c"])) if sheet in sheets else None
    return Asked(Reference.parse(reference), Address(file, sheet, cell.upper(), _shown(at)))


def _shown(cell: Any) -> str:  # noqa: ANN401 - a cell or None
    return "" if cell is None else str(cell.text if cell.shown is None else cell.shown)


def _listed(sheet: Sheet) -> dict[tuple[str, str], str]:
    """(sheet, cell) → address, as the sheet of sources has it."""
    rows: dict[int, dict[int, str]] = {}
    for cell in sheet.in_order():
        rows.setdefault(cell.row, {})[cell.column] = cell.text.strip()
    columns: dict[str, int] = {}
    found: dict[tuple[str, str], str] = {}
    for row in rows.values():
        if not columns:
            heads = {text.split("(")[0].split("（")[0]: at for at, text in reversed(row.items())}
            columns = heads if {TABLE, CELL, REFERENCE} <= heads.keys() else {}
            continue
        table, at, reference = (row.get(columns[name], "") for name in (TABLE, CELL, REFERENCE))
        found.setdefault((table, at), reference)
    return found


def _column(letters: str) -> int:
    return column_number(letters.upper())


def _order(cell: str) -> tuple[int, int]:
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :]), _column(letters)
