-- An entry that was listed once in a year is asked for until the year's last period received.
with known as (
    select distinct
        layout_id,
        department_code,
        register_kind,
        entry_name,
        report_year,
        first_period_end
    from {{ ref('int_register_listed') }}
)

select
    known.layout_id,
    known.department_code,
    known.register_kind,
    known.entry_name,
    period.period_end,
    period.report_year,
    period.month_number,
    asked.submission_id,
    listed.entry_number,
    case
        when listed.entry_number is not null then null
        when asked.submission_id is not null then 'not_listed'
        when duty.state = 'held' then 'held'
        when asked.is_overdue then 'not_submitted'
        else 'not_due'
    end as absence
from known
inner join {{ ref('calendar') }} as period
    on
        known.report_year = period.report_year
        and known.first_period_end <= period.period_end
inner join {{ ref('int_register_asked') }} as asked
    on
        known.layout_id = asked.layout_id
        and known.department_code = asked.department_code
        and period.period_end = asked.period_end
left join {{ ref('fct_reporting_duty') }} as duty
    on
        known.layout_id = duty.layout_id
        and known.department_code = duty.department_code
        and period.period_end = duty.period_end
left join {{ ref('int_register_listed') }} as listed
    on
        known.layout_id = listed.layout_id
        and known.department_code = listed.department_code
        and known.entry_name = listed.entry_name
        and period.period_end = listed.period_end
