-- Each sheet due up to the newest period received, with its submission or without one.
with accepted as (
    select
        held.layout_id,
        submission.department_code,
        submission.period_end,
        max(submission.submission_id) as submission_id,
        max(submission.file) as file
    from {{ ref('fct_submission') }} as submission
    inner join {{ ref('stg_submission_layout') }} as held
        on submission.submission_id = held.submission_id
    where submission.status <> 'refused'
    group by held.layout_id, submission.department_code, submission.period_end
)

select
    due.layout_id,
    due.layout_zh,
    due.department_code,
    due.period_end,
    due.due_date,
    accepted.submission_id,
    accepted.file,
    accepted.submission_id is not null as is_received,
    due.is_overdue
from {{ ref('int_due_period') }} as due
left join accepted
    on
        due.layout_id = accepted.layout_id
        and due.department_code = accepted.department_code
        and due.period_end = accepted.period_end
