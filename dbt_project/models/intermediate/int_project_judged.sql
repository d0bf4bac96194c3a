-- A project that the work report asks only a stage of is not overdue once it has that stage.
with measured as (
    select
        project.*,
        {{ as_pct(safe_divide('project.done_value', 'project.plan_value') ~ ' * 100') }} as completion_pct,
        {{ as_pct(safe_divide('project.done_value', 'project.total_value') ~ ' * 100') }} as total_share_pct,
        period.linear_pct as expected_pct_linear,
        path.expected_pct_seasonal,
        coalesce(project.stage_order >= required.required_order, false) as is_as_required,
        rule.late_from_pp,
        light.stalled_after_periods
    from {{ ref('int_project') }} as project
    inner join {{ ref('dim_period') }} as period
        on project.period_end = period.period_end
    inner join {{ ref('register_rules') }} as rule
        on rule.register_kind = 'projects'
    left join {{ ref('light_rules') }} as light
        on rule.light_rule = light.light_rule
    left join {{ ref('int_register_share') }} as path
        on
            project.layout_id = path.layout_id
            and project.department_code = path.department_code
            and project.period_end = path.period_end
    left join {{ ref('int_project_required') }} as required
        on
            project.layout_id = required.layout_id
            and project.entry_name = required.entry_name
            and project.report_year = required.report_year
),

marked as (
    select
        *,
        coalesce(is_finished, false) as is_complete,
        coalesce(due_date <= period_end and not is_as_required, false) as is_past_due,
        coalesce(
            coalesce(expected_pct_seasonal, expected_pct_linear) - completion_pct >= late_from_pp, false
        ) as is_behind,
        coalesce(is_said_stalled or n_unchanged >= stalled_after_periods, false) as is_still
    from measured
),

-- a project that left the list after it was finished is asked for no longer
remembered as (
    select
        *,
        max(case when is_complete then 1 else 0 end) over (
            partition by layout_id, department_code, entry_name, report_year
            order by period_end
            rows between unbounded preceding and current row
        ) as n_finished
    from marked
)

select
    *,
    is_past_due and not is_complete as is_overdue,
    is_still and not is_complete as is_stalled,
    case
        when absence is not null then 'no_data'
        when is_complete then 'finished'
        when is_still then 'stalled'
        when is_past_due or is_behind then 'late'
        when stage is null and completion_pct is null then 'no_data'
        else 'on_schedule'
    end as state
from remembered
where absence is null or n_finished = 0
