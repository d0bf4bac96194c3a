select
    project.layout_id,
    project.entry_name,
    project.period_end,
    project.section,
    project.lead_department_code,
    leader.short_name_zh as lead_zh,
    project.ref_area,
    project.total_value,
    project.plan_value,
    project.done_value,
    project.unit_measure,
    project.completion_pct,
    project.reported_completion_pct,
    {{ as_pct('project.reported_completion_pct - project.completion_pct') }} as difference_pp,
    case
        when project.completion_pct is not null then null
        when project.done_value is null then 'no_figure'
        when project.plan_value is null then 'no_plan'
        else 'plan_zero'
    end as no_completion_reason,
    project.expected_pct_seasonal,
    project.expected_pct_linear,
    project.total_share_pct,
    project.stage,
    reached.name_zh as stage_zh,
    project.stage_text,
    project.due_date,
    project.is_overdue,
    project.is_behind,
    project.is_stalled,
    project.n_unchanged,
    project.state,
    state.name_zh as state_zh,
    project.absence,
    absence.name_zh as absence_zh,
    project.department_code,
    project.submission_id,
    project.file,
    project.sheet,
    project.cell,
    project.stage_cell,
    project.done_cell,
    project.completion_cell
from {{ ref('int_project_judged') }} as project
left join {{ ref('dim_department') }} as leader
    on project.lead_department_code = leader.department_code
left join {{ ref('work_stages') }} as reached
    on project.stage = reached.stage
inner join {{ ref('codes') }} as state
    on project.state = state.code and state.list = 'project_state'
left join {{ ref('codes') }} as absence
    on project.absence = absence.code and absence.list = 'absence'
order by project.layout_id, project.entry_name, project.period_end
