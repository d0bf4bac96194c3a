-- Days run to the closing, or to the end of the period for what is open.
with dated as (
    select
        *,
        case when is_closed then closed_on else period_end end as counted_to
    from {{ ref('int_case') }}
),

incident as (
    select
        *,
        {{ dbt.datediff('dispatched_on', 'counted_to', 'day') }}
            as days_open,
        {{ dbt.datediff('due_date', 'counted_to', 'day') }}
            as days_past
    from dated
)

select
    incident.layout_id,
    incident.case_kind,
    kind.name_zh as case_kind_zh,
    incident.case_number,
    incident.period_end,
    incident.title_text,
    incident.lead_department_code,
    leader.short_name_zh as lead_zh,
    incident.origin_text,
    incident.owner_text,
    incident.dispatched_on,
    incident.due_date,
    incident.closed_on,
    incident.state,
    state.name_zh as state_zh,
    cast(incident.days_open as integer) as n_days_open,
    cast(
        case
            when incident.state in ('overdue', 'closed_late')
                then incident.days_past
            when incident.state in ('open', 'closed_in_time') and incident.due_date is not null then 0
        end as integer
    ) as n_days_over,
    incident.absence,
    absence.name_zh as absence_zh,
    incident.department_code,
    incident.submission_id,
    incident.file,
    incident.sheet,
    incident.cell,
    incident.closed_cell
from incident
inner join {{ ref('codes') }} as kind
    on incident.case_kind = kind.code and kind.list = 'case_kind'
left join {{ ref('dim_department') }} as leader
    on incident.lead_department_code = leader.department_code
inner join {{ ref('codes') }} as state
    on incident.state = state.code and state.list = 'case_state'
left join {{ ref('codes') }} as absence
    on incident.absence = absence.code and absence.list = 'absence'
order by incident.layout_id, incident.case_number, incident.period_end
