"""From a judged target back to the cells it rests on."""

from dataclasses import asdict, dataclass, fields
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import duckdb

from govstats.errors import GovstatsError
from govstats.intake import kept_copy, survey
from govstats.release import reader, releases
from govstats.settings import Settings
from govstats.workbooks.reader import open_workbook

_PROGRESS = """
select
    progress.*, target.name_zh, target.demand_zh, target.section, target.item, target.strength,
    target.direction, period.label_zh
from marts.fct_target_progress as progress
inner join marts.dim_target as target on progress.target_id = target.target_id
inner join marts.dim_period as period on progress.period_end = period.period_end
where progress.target_id = ? and period.time_period = ?
"""

_EVIDENCE = """
select
    evidence.evidence_role, evidence.subject_zh, evidence.indicator_code,
    evidence.ref_area, area.name_zh as area_zh, evidence.measure, evidence.obs_value,
    evidence.unit_measure, evidence.obs_status, evidence.missing_kind,
    department.name_zh as department_zh, evidence.submission_id, evidence.file,
    evidence.sheet, evidence.cell, evidence.value_text, evidence.cell_value,
    evidence.cell_unit, evidence.known_from, correction.correction_id,
    correction.uncorrected_value, correction.old_cell_value, correction.new_cell_value,
    correction.reason_zh, correction.source, correction.author, correction.entered_on
from marts.fct_target_evidence as evidence
inner join marts.dim_area as area on evidence.ref_area = area.ref_area
inner join marts.dim_department as department
    on evidence.department_code = department.department_code
left join marts.fct_correction as correction
    on evidence.correction_id = correction.correction_id
    and evidence.submission_id = correction.submission_id
where evidence.target_id = ? and evidence.period_end = ?
order by evidence.item_order, evidence.evidence_role
"""


@dataclass(frozen=True)
class Corrected:
    """A correction that counts: what it makes of the cell, why, and who answers for it.

    ``uncorrected_value`` is the figure as reported in the unit of the evidence, the other two
    are in the cell's; ``new_cell_value`` is None where the figure was withdrawn.
    """

    correction_id: str
    uncorrected_value: Decimal | None
    old_cell_value: Decimal
    new_cell_value: Decimal | None
    reason_zh: str
    source: str | None
    author: str
    entered_on: date


@dataclass(frozen=True)
class CellEvidence:
    """One figure and the cell it came from, read again from the bytes kept at registration.

    ``cell_now`` is what that cell holds; ``agrees`` says whether it gives ``cell_value``, the
    figure in ``cell_unit`` that became ``obs_value`` in ``unit_measure``, by way of the
    ``correction`` where there is one.
    """

    evidence_role: str
    subject_zh: str
    indicator_code: str | None
    ref_area: str
    area_zh: str
    measure: str
    obs_value: Decimal | None
    unit_measure: str | None
    obs_status: str
    missing_kind: str | None
    department_zh: str
    submission_id: str
    file: str
    sheet: str
    cell: str
    value_text: str | None
    cell_value: Decimal | None
    cell_unit: str | None
    known_from: Any
    cell_now: str
    agrees: bool
    correction: Corrected | None = None

    @property
    def reported_value(self) -> Decimal | None:
        """The figure as the department reported it, in ``unit_measure``."""
        return self.correction.uncorrected_value if self.correction else self.obs_value


@dataclass(frozen=True)
class Trace:
    """A target at a period: its judgement (a row of ``fct_target_progress``) and the cells."""

    release_id: str
    judgement: dict[str, Any]
    evidence: tuple[CellEvidence, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return everything as plain data."""
        return asdict(self)


def trace(settings: Settings, target: str, time_period: str) -> Trace:
    """Trace a target's judgement at a period (YYYY-MM) to cells of submitted files.

    Raises:
        GovstatsError: no such target or period, or nothing is released.
    """
    release = releases.current_folder(settings)
    try:
        with reader.open_warehouse(release / "warehouse.duckdb") as connection:
            judgement, rows = _read(connection, target, time_period)
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise GovstatsError(
            f"release {release.name} was made by another version of the program: {error}",
            "make a new one: `govstats run`",
        ) from error
    return Trace(release.name, judgement, tuple(_evidence(settings, row) for row in rows))


def _read(
    connection: duckdb.DuckDBPyConnection, target: str, time_period: str
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    target_id = _resolve(connection, target)
    found = reader.rows(connection, _PROGRESS, [target_id, time_period])
    if not found:
        raise GovstatsError(
            f"target {target_id} is not judged at {time_period}",
            f"periods judged: {_periods(connection, target_id)}",
        )
    rows = reader.rows(connection, _EVIDENCE, [target_id, found[0]["period_end"]])
    return found[0], rows


def _evidence(settings: Settings, row: dict[str, Any]) -> CellEvidence:
    entries = {entry.submission_id: entry for entry in survey(settings).entries}
    path = kept_copy(settings, entries[row["submission_id"]])
    now = _cell_text(path, settings, row)
    made = {field.name: row.pop(field.name) for field in fields(Corrected)}
    correction = Corrected(**made) if made["correction_id"] else None
    return CellEvidence(
        **row, cell_now=now, agrees=now == (row["value_text"] or ""), correction=correction
    )


def _cell_text(path: Path, settings: Settings, row: dict[str, Any]) -> str:
    """Return what a cell of a kept original holds, as the reader sees it; a blank one is empty."""
    # Under the name it was sent by: that of a text file is the name of its only sheet.
    for sheet in open_workbook(path, settings.limits, row["file"]).sheets:
        if sheet.name == row["sheet"]:
            return next((cell.text for cell in sheet.in_order() if cell.address == row["cell"]), "")
    return ""


def _resolve(connection: duckdb.DuckDBPyConnection, target: str) -> str:
    """Return the one target that is named by its id or by a part of it."""
    ids: list[str] = [
        row[0]
        for row in connection.execute(
            "select target_id from marts.dim_target order by target_id"
        ).fetchall()
    ]
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
