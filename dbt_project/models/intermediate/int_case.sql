-- A case stands as it stood at the end of the period, even where the sheet, written days later,
-- already says more. A case that left the list after it was closed is asked for no longer.
with listed as (
    select
        spine.layout_id,
        kind.case_kind,
        spine.department_code,
        spine.entry_name as case_number,
        spine.period_end,
        spine.report_year,
        spine.absence,
        entry.title_text,
        entry.lead_department_code,
        entry.origin_text,
        entry.owner_text,
        entry.dispatched_on,
        entry.due_date,
        entry.closed_on,
        coalesce(entry.closed_on <= spine.period_end, false) as is_closed,
        spine.submission_id,
        entry.file,
        entry.sheet,
        entry.case_number_cell as cell,
        entry.closed_on_cell as closed_cell
    from {{ ref('int_register_period') }} as spine
    inner join {{ ref('case_kinds') }} as kind
        on spine.layout_id = kind.layout_id
    left join {{ ref('int_register_entry') }} as entry
        on
            spine.submission_id = entry.submission_id
            and spine.layout_id = entry.layout_id
            and spine.entry_number = entry.entry_number
),

remembered as (
    select
        *,
        max(case when is_closed then 1 else 0 end) over (
            partition by layout_id, department_code, case_number, report_year
            order by period_end
            rows between unbounded preceding and current row
        ) as n_closed
    from listed
)

select
    *,
    case
        when absence is not null then 'no_data'
        when is_closed and due_date is null then 'closed'
        when is_closed and closed_on <= due_date then 'closed_in_time'
        when is_closed then 'closed_late'
        when due_date < period_end then 'overdue'
        else 'open'
    end as state
from remembered
where absence is null or n_closed = 0
