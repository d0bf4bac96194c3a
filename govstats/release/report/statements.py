"""The questions that the report puts to a finished warehouse, each in a stated order."""

#: The order of findings; finding_id makes it total, and the length comes before the address so
#: that B2 stands before B10.
FINDING_ORDER = (
    "department_code nulls last, case severity when 'hard' then 1 when 'soft' then 2 else 3 end, "
    "rule_id, period_end desc nulls last, file, sheet, length(cell), cell, finding_id"
)
REVISION_ORDER = (
    "department_code, revised_at desc, period_end, indicator_code, ref_area, scope, period_type, "
    "measure, new_submission_id, new_sheet, length(new_cell), new_cell"
)

DUTIES = """
select {columns} from marts.fct_reporting_duty as duty
inner join marts.dim_period as period using (period_end)
where time_period <= $1
order by department_code, layout_id, time_period
"""

SYSTEMS = """
select {columns} from marts.fct_system_overview as overview
inner join marts.dim_period as period using (period_end)
where time_period = $1
order by ref_area, sort_order
"""

SUBMISSIONS = """
select {columns} from marts.fct_submission
order by department_code, time_period, received_at, submission_id
"""

CELLS = """
select department_code, count(*), sum(cells_total), sum(cells_observation), sum(cells_label),
    sum(cells_metadata), sum(cells_ignorable), sum(cells_unmapped), sum(observations)
from marts.fct_submission
group by department_code
order by department_code
"""

FINDING_COUNTS = """
select department_code, kind, severity, holds, state, count(*)
from marts.fct_validation_finding
group by department_code, kind, severity, holds, state
order by department_code, kind, severity, holds, state
"""

FINDINGS = f"""
select {{columns}} from marts.fct_validation_finding
order by {FINDING_ORDER}
"""  # noqa: S608 - only the constant order is put in

BLOCKERS = """
select department_code, rule_id, rule_name_zh, rule_name_en, holds, count(*), min(remedy_zh),
    min(remedy_en)
from marts.fct_validation_finding
where (severity = 'hard' or holds = 'release') and state <> 'overridden'
group by department_code, rule_id, rule_name_zh, rule_name_en, holds
order by department_code, rule_id, rule_name_zh, rule_name_en, holds
"""

EXPLANATIONS = """
select {columns} from marts.fct_explanation
order by received_at desc, department_code, file, sheet, length(cell), cell, finding_key
"""

RULES = "select {columns} from marts.fct_rule_result order by rule_id"

COVERAGE = """
select department_code, layout_id, indicator_code, measure, field_id, count(*),
    sum(case when is_touched then 1 else 0 end),
    max(case when not is_touched then period_end end),
    max(case when not is_touched and last_untouched then sheet end),
    max(case when not is_touched and last_untouched then cell end)
from (
    select *, row_number() over (
        partition by department_code, layout_id, indicator_code, measure, field_id, is_touched
        order by period_end desc, submission_id desc, sheet, length(cell), cell
    ) = 1 as last_untouched
    from marts.fct_figure_coverage
) as numbered
group by department_code, layout_id, indicator_code, measure, field_id
order by department_code, layout_id, indicator_code, measure, field_id
"""

REVISIONS = f"""
select {{columns}} from marts.fct_revision
order by {REVISION_ORDER}
"""  # noqa: S608 - only the constant order is put in

CORRECTIONS = """
select {columns} from (
    select *, max(submission_number) over (partition by correction_id) as last_number
    from marts.fct_correction
) as numbered
where submission_number = last_number
order by case state when 'source_changed' then 1 when 'unmatched' then 2 when 'held' then 3
    when 'applied' then 4 when 'source_agrees' then 5 else 6 end, correction_id
"""

PROGRESS = """
select {columns} from (
    select target.section, target.item, target.name_zh, target.name_en, target.demand_zh,
        period.time_period, progress.target_id, progress.ref_area, progress.actual_value,
        progress.unit_measure, progress.completion_pct,
        coalesce(progress.expected_pct_planned, progress.expected_pct_seasonal)
            as expected_pct_path,
        progress.expected_pct_linear, progress.gap, progress.gap_unit, progress.status,
        progress.status_zh, progress.light, progress.light_zh, progress.working, progress.file,
        progress.sheet, progress.cell
    from marts.fct_target_progress as progress
    inner join marts.dim_period as period on progress.period_end = period.period_end
    inner join marts.dim_target as target on progress.target_id = target.target_id
) as joined
where time_period = $1
order by target_id
"""
