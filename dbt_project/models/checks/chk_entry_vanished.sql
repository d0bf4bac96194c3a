-- Each entry in each later period of the year for which its register came: still listed or not.
with listed as (
    select
        layout_id,
        department_code,
        entry_name,
        period_end,
        report_year,
        submission_id,
        absence,
        lag(absence) over years as absence_before,
        lag(period_end) over years as previous_period_end
    from {{ ref('int_register_period') }}
    where submission_id is not null
    window years as (
        partition by layout_id, department_code, entry_name, report_year order by period_end
    )
),

last_entry as (
    select
        submission_id,
        layout_id,
        max(entry_number) as entry_number
    from {{ ref('int_register_entry') }}
    group by submission_id, layout_id
)

select
    listed.layout_id,
    listed.department_code,
    earlier.entry_key,
    listed.entry_name,
    listed.period_end,
    listed.submission_id,
    bottom.file,
    bottom.sheet,
    coalesce(bottom.case_number_cell, bottom.name_cell) as cell,
    case when bottom.case_number_cell is null then 'name' else 'case_number' end as field_id,
    case when listed.absence is null then listed.entry_name end as value,
    listed.entry_name as expected_value,
    earlier.file as previous_file,
    coalesce(earlier.case_number_cell, earlier.name_cell) as previous_cell,
    earlier.register_kind,
    listed.absence is not null as is_vanished,
    -- closed, complete, or as far as the plan goes
    earlier.closed_on is not null
    or coalesce(reached.share_pct >= 100, false)
    or coalesce(earlier.done_value >= coalesce(earlier.plan_value, earlier.task_value), false) as is_finished
from listed
inner join last_entry
    on
        listed.submission_id = last_entry.submission_id
        and listed.layout_id = last_entry.layout_id
inner join {{ ref('int_register_entry') }} as bottom
    on
        last_entry.submission_id = bottom.submission_id
        and last_entry.layout_id = bottom.layout_id
        and last_entry.entry_number = bottom.entry_number
inner join {{ ref('int_register_listed') }} as previous
    on
        listed.layout_id = previous.layout_id
        and listed.department_code = previous.department_code
        and listed.entry_name = previous.entry_name
        and listed.previous_period_end = previous.period_end
inner join {{ ref('int_register_entry') }} as earlier
    on
        previous.layout_id = earlier.layout_id
        and previous.department_code = earlier.department_code
        and previous.period_end = earlier.period_end
        and previous.entry_number = earlier.entry_number
        and earlier.is_current
left join {{ ref('int_work_stage') }} as reached
    on
        earlier.submission_id = reached.submission_id
        and earlier.layout_id = reached.layout_id
        and earlier.entry_number = reached.entry_number
