-- Each named item at each period of its target's year: the entry of the newest register, if any.
with listed as (
    select
        entry.*,
        row_number() over (
            partition by entry.layout_id, entry.period_end, entry.entry_name
            order by entry.entry_number
        ) as choice
    from {{ ref('int_register_entry') }} as entry
    where entry.is_current
),

received as (
    select distinct
        status.layout_id,
        submission.period_end
    from {{ ref('int_entry_status') }} as status
    inner join {{ ref('stg_submission') }} as submission
        on status.submission_id = submission.submission_id
    where status.is_current
),

-- a register owed at quarter ends only has nothing to say between them
quarterly as (
    select distinct layout_id
    from {{ ref('reporting_duties') }}
    where freq = 'Q'
)

select
    target.target_id,
    target.period_end,
    target.report_year,
    target.is_final,
    target.is_reached,
    item.item_order,
    item.layout_id,
    item.entry_name,
    item.required_stage,
    quarterly.layout_id is null or period.is_quarter_end as is_owed,
    received.layout_id is not null as is_received,
    listed.submission_id is not null as is_listed,
    -- the register's own due day goes first
    coalesce(listed.due_date, item.due_date, year_end.period_end) as due_date,
    listed.department_code,
    listed.lead_department_code,
    listed.submission_id,
    listed.file,
    listed.sheet,
    listed.entry_number,
    coalesce(listed.stage_cell, listed.name_cell) as cell,
    listed.stage_text,
    listed.stage_missing_kind,
    listed.plan_value,
    listed.done_value,
    listed.done_unit,
    listed.received_at
from {{ ref('int_target_period') }} as target
inner join {{ ref('target_items') }} as item
    on target.target_id = item.target_id
inner join {{ ref('calendar') }} as period
    on target.period_end = period.period_end
inner join {{ ref('calendar') }} as year_end
    on
        target.report_year = year_end.report_year
        and year_end.is_year_end
left join quarterly
    on item.layout_id = quarterly.layout_id
left join received
    on
        item.layout_id = received.layout_id
        and target.period_end = received.period_end
left join listed
    on
        item.layout_id = listed.layout_id
        and item.entry_name = listed.entry_name
        and target.period_end = listed.period_end
        and listed.choice = 1
