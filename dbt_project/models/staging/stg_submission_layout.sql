-- A file may hold several tables. One that was refused holds none and stands for the layout it was
-- taken for, if any.
with found as (
    select distinct
        submission_id,
        layout_id
    from {{ source('raw', 'submission_table') }}
)

select
    submission.submission_id,
    submission.department_code,
    submission.time_period,
    submission.sequence_number,
    submission.status,
    submission.is_form,
    coalesce(found.layout_id, submission.layout_id) as layout_id
from {{ source('raw', 'submission') }} as submission
left join found
    on submission.submission_id = found.submission_id
where {{ known_then('submission.received_at') }}
