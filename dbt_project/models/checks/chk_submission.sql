-- Each submission and whether it still counts: whether nothing has come in its place since.
with submission as (
    select * from {{ source('raw', 'submission') }}
),

missing as (
    select distinct
        department_code,
        period_end
    from {{ ref('chk_completeness') }}
    where not is_received
)

select
    submission.submission_id,
    submission.department_code,
    submission.layout_id,
    period.period_end,
    submission.file,
    submission.status,
    max(later.submission_id) as superseded_by,
    max(later.submission_id) is null as is_current
from submission
left join {{ ref('calendar') }} as period
    on submission.time_period = period.time_period
left join missing
    on submission.department_code = missing.department_code and period.period_end = missing.period_end
left join submission as later
    on
        submission.department_code = later.department_code
        and submission.time_period = later.time_period
        and submission.sequence_number < later.sequence_number
        and later.status <> 'refused'
        -- a refused file of unknown layout is settled once no sheet of its period is missing
        and (
            submission.layout_id = later.layout_id
            or (submission.layout_id is null and missing.department_code is null)
        )
group by
    submission.submission_id, submission.department_code, submission.layout_id,
    period.period_end, submission.file, submission.status
