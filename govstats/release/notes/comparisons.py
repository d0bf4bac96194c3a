"""The questions put to two releases: which columns each needs, and how rows are set side by side.

In every statement ``old_<mart>`` is a mart of the release before and ``new_<mart>`` the same mart
of this one; ``$before`` and ``$now`` are their latest periods, YYYY-MM. No figure is computed
here: rows are chosen, counted and put in order.
"""

from collections.abc import Mapping
from dataclasses import dataclass

_FIGURE = "indicator_code, ref_area, scope, period_end, period_type, measure"
_SUBMISSION = ("submission_id", "department_code", "time_period", "file", "received_at", "status")
_OBSERVATION = (
    *_FIGURE.split(", "),
    *("obs_value", "unit_measure", "obs_status", "missing_kind", "correction_id"),
    *("department_code", "submission_id", "file", "sheet", "cell"),
)
_PROGRESS = (
    *("target_id", "period_end", "status", "status_zh", "light", "actual_value", "unit_measure"),
    *("file", "sheet", "cell"),
)
_TARGET = (
    *("target_id", "name_zh", "name_en", "demand_zh", "section", "item"),
    *("operator", "target_value", "tolerance", "unit_measure", "strength", "path_method"),
    *("light_rule", "lead_department_code"),
)
_FINDING = (
    *("finding_id", "rule_id", "rule_name_zh", "rule_name_en", "severity", "state", "state_zh"),
    *("department_code", "file", "sheet", "cell", "message_zh", "message_en", "value"),
)
_RULE = (
    *("rule_id", "name_zh", "name_en", "severity", "holds", "judged_table", "scope"),
    *("expectation", "args"),
)
_CORRECTION = (
    *("correction_id", "submission_number", "state", "state_zh", "department_code", "figure"),
    *("old_cell_value", "new_cell_value", "cell_unit", "reason_zh", "author"),
)
_OVERRIDE = ("finding_id", "rule_id", "state", "state_zh", "author", "reason_zh", "decided_on")


@dataclass(frozen=True)
class Comparison:
    """One kind of change: the marts and columns it looks at, and the statement that finds it.

    ``counted`` names the column whose sum is the number of changes, where a row stands for many.
    """

    sources: Mapping[str, tuple[str, ...]]
    sql: str
    counted: str = ""


def _only_in(one: str, other: str, mart: str, key: str, columns: str, order: str) -> str:
    return (
        f"select {columns} from {one}_{mart} as found where not exists (select 1 from "  # noqa: S608
        f"{other}_{mart} as known where known.{key} = found.{key}) order by {order}"
    )


def _changed(mart: str, key: str, shown: str, compared: tuple[str, ...]) -> str:
    """Rows that are new, gone, or differ in one of the compared columns."""
    differs = " or ".join(f"this.{name} is distinct from that.{name}" for name in compared)
    return f"""
        select 'new' as change, {shown} from new_{mart} as this
        where {key} not in (select {key} from old_{mart})
        union all
        select 'gone' as change, {shown} from old_{mart} as this
        where {key} not in (select {key} from new_{mart})
        union all
        select 'changed' as change, {_of("this", shown)}
        from new_{mart} as this inner join old_{mart} as that on this.{key} = that.{key}
        where {differs}
        order by {key}, change
    """  # noqa: S608 - names of our own


def _of(table: str, columns: str) -> str:
    return ", ".join(f"{table}.{name.strip()}" for name in columns.split(","))


_FILES = "department_code, time_period, file, received_at, status, submission_id"
_FILES_ORDER = "department_code, time_period, received_at, submission_id"

_FILES_TURNED = """
select this.department_code, this.time_period, this.file, that.status as old_status, this.status,
    this.submission_id
from new_fct_submission as this inner join old_fct_submission as that using (submission_id)
where this.status <> that.status
order by this.department_code, this.time_period, this.submission_id
"""

_COUNTED = """
select department_code, period_end, count(*) as figures, count(obs_value) as values
from {one}_fct_observation as this anti join {other}_fct_observation as that using ({figure})
group by department_code, period_end
order by department_code, period_end
"""

#: Why a figure is another: the sheet it came from, a correction of it, or how it is read.
_FIGURES_CHANGED = f"""
select {_of("this", _FIGURE)}, this.department_code,
    that.obs_value as old_value, this.obs_value as new_value,
    that.unit_measure as old_unit, this.unit_measure as new_unit,
    that.missing_kind as old_missing_kind, this.missing_kind as new_missing_kind,
    that.obs_status as old_obs_status, this.obs_status as new_obs_status,
    case
        when this.submission_id = that.submission_id
            and this.correction_id is distinct from that.correction_id then 'corrected'
        when this.submission_id = that.submission_id then 'reread'
        when now_held.status = 'held' then 'held'
        when was_held.status = 'held' then 'let_in'
        else 'resubmitted'
    end as cause,
    that.submission_id as old_submission_id, that.file as old_file, that.sheet as old_sheet,
    that.cell as old_cell, this.submission_id as new_submission_id, this.file as new_file,
    this.sheet as new_sheet, this.cell as new_cell
from new_fct_observation as this
inner join old_fct_observation as that using ({_FIGURE})
left join new_fct_submission as now_held on that.submission_id = now_held.submission_id
left join old_fct_submission as was_held on this.submission_id = was_held.submission_id
where this.obs_value is distinct from that.obs_value
    or this.unit_measure is distinct from that.unit_measure
    or this.missing_kind is distinct from that.missing_kind
    or this.obs_status is distinct from that.obs_status
order by this.department_code, {_of("this", _FIGURE)}
"""  # noqa: S608 - names of our own

_JUDGED = """
select this.target_id, target.name_zh, target.name_en, target.demand_zh, this.period_end,
    that.period_end as old_period_end,
    that.status as old_status, that.status_zh as old_status_zh, that.light as old_light,
    this.status, this.status_zh, this.light,
    that.actual_value as old_value, that.unit_measure as old_unit,
    this.actual_value as new_value, this.unit_measure as new_unit,
    this.file, this.sheet, this.cell
from new_fct_target_progress as this
inner join old_fct_target_progress as that on this.target_id = that.target_id and {periods}
inner join new_dim_target as target on this.target_id = target.target_id
where this.status <> that.status or this.light <> that.light
order by this.period_end desc, this.target_id
"""

_FINDINGS = (
    "finding_id, rule_id, rule_name_zh, rule_name_en, severity, state, state_zh, department_code, "
    "file, sheet, cell, message_zh, message_en"
)
_FINDINGS_ORDER = (
    "case severity when 'hard' then 1 when 'soft' then 2 else 3 end, department_code nulls last, "
    "rule_id, file, sheet, length(cell), cell, finding_id"
)
_FINDINGS_TURNED = f"""
select {_of("this", _FINDINGS)}, that.state as old_state, that.state_zh as old_state_zh
from new_fct_validation_finding as this
inner join old_fct_validation_finding as that using (finding_id)
where this.state <> that.state
order by this.department_code nulls last, this.rule_id, this.finding_id
"""  # noqa: S608 - names of our own

_LAST_CORRECTIONS = """
with new_last as (
    select *, row_number() over (partition by correction_id order by submission_number desc)
        as place from new_fct_correction
),
old_last as (
    select *, row_number() over (partition by correction_id order by submission_number desc)
        as place from old_fct_correction
),
new_one as (select * from new_last where place = 1),
old_one as (select * from old_last where place = 1)
"""

_SUBMISSIONS = {"fct_submission": _SUBMISSION}
_OBSERVATIONS = {"fct_observation": _OBSERVATION, "fct_submission": _SUBMISSION}
_TARGETS = {"fct_target_progress": _PROGRESS, "dim_target": _TARGET}
_FOUND = {"fct_validation_finding": _FINDING}

COMPARISONS: Mapping[str, Comparison] = {
    "submissions_new": Comparison(
        _SUBMISSIONS,
        _only_in("new", "old", "fct_submission", "submission_id", _FILES, _FILES_ORDER),
    ),
    "submissions_gone": Comparison(
        _SUBMISSIONS,
        _only_in("old", "new", "fct_submission", "submission_id", _FILES, _FILES_ORDER),
    ),
    "submissions_turned": Comparison(_SUBMISSIONS, _FILES_TURNED),
    "figures_new": Comparison(
        _OBSERVATIONS, _COUNTED.format(one="new", other="old", figure=_FIGURE), "figures"
    ),
    "figures_gone": Comparison(
        _OBSERVATIONS, _COUNTED.format(one="old", other="new", figure=_FIGURE), "figures"
    ),
    "figures_changed": Comparison(_OBSERVATIONS, _FIGURES_CHANGED),
    "targets_turned": Comparison(
        _TARGETS,
        _JUDGED.format(
            periods="this.period_end = that.period_end "
            "and strftime(this.period_end, '%Y-%m') <= $before"
        ),
    ),
    "targets_since": Comparison(
        _TARGETS,
        _JUDGED.format(
            periods="strftime(this.period_end, '%Y-%m') = $now "
            "and strftime(that.period_end, '%Y-%m') = $before and $now > $before"
        ),
    ),
    "targets_redefined": Comparison(
        {"dim_target": _TARGET},
        _changed("dim_target", "target_id", "target_id, name_zh, name_en, demand_zh", _TARGET),
    ),
    "findings_new": Comparison(
        _FOUND,
        _only_in("new", "old", "fct_validation_finding", "finding_id", _FINDINGS, _FINDINGS_ORDER),
    ),
    "findings_closed": Comparison(
        _FOUND,
        _only_in("old", "new", "fct_validation_finding", "finding_id", _FINDINGS, _FINDINGS_ORDER),
    ),
    "findings_turned": Comparison(_FOUND, _FINDINGS_TURNED),
    "rules_changed": Comparison(
        {"fct_rule_result": _RULE},
        _changed("fct_rule_result", "rule_id", "rule_id, name_zh, name_en, severity", _RULE),
    ),
    "corrections_changed": Comparison(
        {"fct_correction": _CORRECTION},
        _LAST_CORRECTIONS
        + _changed("one", "correction_id", ", ".join(_CORRECTION), ("state", "new_cell_value")),
    ),
    "overrides_changed": Comparison(
        {"fct_audit_override": _OVERRIDE},
        _changed("fct_audit_override", "finding_id", ", ".join(_OVERRIDE), ("state",)),
    ),
}
