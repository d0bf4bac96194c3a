-- A register is asked for where it is due, and wherever it came without being due.
with received as (
    select
        status.layout_id,
        submission.department_code,
        submission.period_end,
        status.submission_id
    from {{ ref('int_entry_status') }} as status
    inner join {{ ref('stg_submission') }} as submission
        on status.submission_id = submission.submission_id
    where status.is_current
)

select
    register.layout_id,
    coalesce(received.department_code, due.department_code) as department_code,
    coalesce(received.period_end, due.period_end) as period_end,
    coalesce(due.is_overdue, true) as is_overdue,
    received.submission_id
from {{ ref('int_due_period') }} as due
full outer join received
    on
        due.layout_id = received.layout_id
        and due.department_code = received.department_code
        and due.period_end = received.period_end
inner join {{ ref('registers') }} as register
    on coalesce(received.layout_id, due.layout_id) = register.layout_id
