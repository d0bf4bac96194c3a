"""From the cell that a row of a mart names to what was read from it, when, and from which file."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import duckdb

from govstats.release import reader
from govstats.tracing.model import CellEvidence, Corrected, Submission, Vintage
from govstats.tracing.originals import Originals

_CORRECTED = """
    correction.correction_id, correction.uncorrected_value, correction.old_cell_value,
    correction.new_cell_value, correction.reason_zh, correction.source, correction.author,
    correction.entered_on
"""
_CORRECTION = """
left join marts.fct_correction as correction
    on figure.correction_id = correction.correction_id
    and figure.submission_id = correction.submission_id
"""
_OBSERVED = f"""
select
    figure.*, indicator.name_zh as subject_zh, area.name_zh as area_zh, {_CORRECTED}
from marts.fct_observation_vintage as figure
{_CORRECTION}
left join marts.dim_indicator as indicator on figure.indicator_code = indicator.indicator_code
left join marts.dim_area as area on figure.ref_area = area.ref_area
where figure.submission_id = ? and figure.sheet = ? and figure.cell = ?
order by figure.indicator_code, figure.ref_area, figure.scope, figure.period_end, figure.measure
"""  # noqa: S608 - of our own parts
_ENTERED = f"""
select
    figure.entry_key as subject_zh, figure.column_label as measure, figure.value_text,
    figure.value_number as obs_value, figure.value_unit as unit_measure, figure.obs_status,
    figure.missing_kind,
    coalesce(correction.old_cell_value, figure.value_number) as cell_value,
    figure.value_unit as cell_unit, figure.value_high, {_CORRECTED}
from marts.fct_entry_value as figure
{_CORRECTION}
where figure.submission_id = ? and figure.sheet = ? and figure.cell = ?
order by figure.layout_id, figure.entry_number, figure.field_id, figure.part_number
"""  # noqa: S608 - of our own parts
_VINTAGES = """
select vintage_number, obs_value, unit_measure, known_from, known_to, file, sheet, cell
from marts.fct_observation_vintage
where {same}
order by vintage_number
"""
_SUBMITTED = """
select
    submission.submission_id, department.name_zh as department_zh, submission.file,
    submission.time_period, submission.received_at, submission.due_date, submission.status
from marts.fct_submission as submission
inner join marts.dim_department as department
    on submission.department_code = department.department_code
where submission.submission_id = ?
"""
_SERIES = (
    *("indicator_code", "ref_area", "scope", "period_end", "period_type", "measure"),
    *("department_code", "layout_id"),
)
_KEPT = {field.name for field in fields(CellEvidence)}


class Evidence:
    """Finds what lies behind cells, within one release."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, originals: Originals) -> None:
        self._connection = connection
        self._originals = originals
        self._submissions: dict[str, Submission] = {}

    def of(self, row: Mapping[str, Any], column: str, cell_column: str) -> CellEvidence | None:
        """Return the cell that ``cell_column`` of a row names for its ``column``.

        Returns:
            None where the row names no cell: nothing was submitted.
        """
        prefix = cell_column.removesuffix("cell")
        submission_id = row.get(f"{prefix}submission_id") or row.get("submission_id")
        sheet = row.get(f"{prefix}sheet") or row.get("sheet")
        cell = row[cell_column]
        if not (submission_id and sheet and cell):
            return None
        place = [submission_id, sheet, cell]
        found = reader.rows(self._connection, _OBSERVED, place)
        found = found or reader.rows(self._connection, _ENTERED, place)
        best = max(found, key=lambda figure: _likeness(figure, row, column), default={})
        return self._evidence(row, column, best, submission_id, sheet, cell)

    def _evidence(
        self,
        row: Mapping[str, Any],
        column: str,
        figure: Mapping[str, Any],
        submission_id: str,
        sheet: str,
        cell: str,
    ) -> CellEvidence:
        submission = self._submission(submission_id)
        now = self._originals.text(submission_id, sheet, cell)
        # names and types are those of the query
        given: dict[str, Any] = dict.fromkeys(_KEPT - {"submission", "vintages", "correction"})
        given |= {"subject_zh": "", "measure": column}
        given |= {name: value for name, value in figure.items() if name in given}
        correction: dict[str, Any] = {
            field.name: figure.get(field.name) for field in fields(Corrected)
        }
        return CellEvidence(
            **given
            | {
                "evidence_role": row.get("evidence_role") or "",
                "department_zh": submission.department_zh,
                "submission_id": submission_id,
                "file": submission.file,
                "sheet": sheet,
                "cell": cell,
                "known_from": submission.received_at,
                "cell_now": now,
                "agrees": now == (figure["value_text"] or "") if figure else None,
                "submission": submission,
                "vintages": self._vintages(figure),
                "correction": Corrected(**correction) if correction["correction_id"] else None,
                "picture": self._originals.picture(submission_id, sheet, cell),
            }
        )

    def _submission(self, submission_id: str) -> Submission:
        if submission_id not in self._submissions:
            (row,) = reader.rows(self._connection, _SUBMITTED, [submission_id])
            entry = self._originals.entry(submission_id)
            self._submissions[submission_id] = Submission(
                **row,  # type: ignore[arg-type]  # as above
                sequence_number=entry.sequence_number,
                sha256=entry.sha256,
                size_bytes=entry.size_bytes,
            )
        return self._submissions[submission_id]

    def _vintages(self, figure: Mapping[str, Any]) -> tuple[Vintage, ...]:
        if "vintage_number" not in figure:
            return ()
        same = " and ".join(f"{name} = ?" for name in _SERIES)
        found = reader.rows(
            self._connection, _VINTAGES.format(same=same), [figure[name] for name in _SERIES]
        )
        return tuple(Vintage(**row) for row in found)  # type: ignore[arg-type]  # as above


def _likeness(figure: Mapping[str, Any], row: Mapping[str, Any], column: str) -> int:
    """Say how well a figure read from the cell fits: several may stand in one cell."""
    names = ("indicator_code", "ref_area", "scope", "period_end", "period_type", "measure")
    same = sum(1 for name in names if name in row and figure.get(name) == row[name])
    is_equal = row[column] is not None and bool(figure.get("obs_value") == row[column])
    return 10 * int(is_equal) + same
