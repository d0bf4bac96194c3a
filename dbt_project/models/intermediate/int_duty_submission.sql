-- A file refused before its sheet was recognised may have held any sheet of its department.
select
    due.layout_id,
    due.department_code,
    due.period_end,
    submission.submission_id,
    submission.file,
    submission.received_at,
    submission.status,
    row_number() over (
        partition by due.layout_id, due.department_code, due.period_end, submission.status
        order by submission.received_at, submission.sequence_number
    ) as place,
    count(*) over (
        partition by due.layout_id, due.department_code, due.period_end, submission.status
    ) as n_files
from {{ ref('int_due_period') }} as due
inner join {{ ref('stg_submission_layout') }} as held
    on
        due.department_code = held.department_code
        and (due.layout_id = held.layout_id or (held.layout_id is null and held.status = 'refused'))
inner join {{ ref('stg_submission') }} as submission
    on
        held.submission_id = submission.submission_id
        and due.period_end = submission.period_end
