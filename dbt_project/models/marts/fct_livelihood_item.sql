-- Where the task has no figure the rate as reported is all there is; where it has one and nothing
-- was filled in, no rate is believed.
with judged as (
    select
        item.*,
        item.completion_pct is null and item.task_value is null
        and item.reported_completion_pct is not null as is_by_reported,
        case
            when item.completion_pct is not null then item.completion_pct
            when item.task_value is null then item.reported_completion_pct
        end as judged_pct,
        rule.late_from_pp
    from {{ ref('int_livelihood_item') }} as item
    inner join {{ ref('register_rules') }} as rule
        on rule.register_kind = 'livelihood'
),

stood as (
    select
        *,
        case
            when absence is not null or judged_pct is null then 'no_data'
            when judged_pct >= 100 then 'done'
            when is_year_end then 'missed'
            when coalesce(expected_pct_seasonal, expected_pct_linear) - judged_pct >= late_from_pp
                then 'behind'
            else 'on_schedule'
        end as state,
        case
            when absence is not null then absence
            when judged_pct is null and done_value is null then 'not_filled'
        end as gap_kind
    from judged
)

select
    stood.layout_id,
    stood.entry_name,
    stood.period_end,
    stood.section,
    stood.lead_department_code,
    leader.short_name_zh as lead_zh,
    stood.task_text,
    stood.task_value,
    stood.done_text,
    stood.compared_value as done_value,
    stood.task_unit as unit_measure,
    stood.completion_pct,
    stood.reported_completion_pct,
    {{ as_pct('stood.reported_completion_pct - stood.completion_pct') }} as difference_pp,
    case when stood.absence is null then stood.no_completion_reason else 'no_figure' end
        as no_completion_reason,
    stood.is_by_reported,
    stood.expected_pct_seasonal,
    stood.expected_pct_linear,
    stood.state,
    state.name_zh as state_zh,
    stood.gap_kind as absence,
    absence.name_zh as absence_zh,
    stood.department_code,
    stood.submission_id,
    stood.file,
    stood.sheet,
    stood.cell,
    stood.task_cell,
    stood.completion_cell
from stood
left join {{ ref('dim_department') }} as leader
    on stood.lead_department_code = leader.department_code
inner join {{ ref('codes') }} as state
    on stood.state = state.code and state.list = 'livelihood_state'
left join {{ ref('codes') }} as absence
    on stood.gap_kind = absence.code and absence.list = 'absence'
order by stood.layout_id, stood.entry_name, stood.period_end
