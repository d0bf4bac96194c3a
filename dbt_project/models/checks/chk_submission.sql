-- Each submission and whether it still counts: whether something has come since in the place of
-- each of its tables.
with submission as (
    select * from {{ ref('stg_submission') }}
),

held as (
    select * from {{ ref('stg_submission_layout') }}
),

missing as (
    select distinct
        department_code,
        period_end
    from {{ ref('chk_completeness') }}
    where not is_received
),

-- the last that was accepted in its place: a refused file of unknown layout is settled by any, once
-- no sheet of its period is missing; one that the audit holds settles nothing
replaced as (
    select
        held.submission_id,
        held.layout_id,
        max(case
            when held.layout_id = later.layout_id then later.submission_id
            when held.layout_id is null and missing.department_code is null then later.submission_id
        end) as replaced_by
    from held
    left join {{ ref('calendar') }} as period
        on held.time_period = period.time_period
    left join missing
        on held.department_code = missing.department_code and period.period_end = missing.period_end
    left join held as later
        on
            held.department_code = later.department_code
            and held.time_period = later.time_period
            and held.sequence_number < later.sequence_number
            and later.status = 'accepted'
            and not later.is_form
    group by held.submission_id, held.layout_id
)

select
    submission.submission_id,
    submission.department_code,
    submission.layout_id,
    period.period_end,
    submission.file,
    submission.status,
    case when count(*) = count(replaced.replaced_by) then max(replaced.replaced_by) end
        as superseded_by,
    count(*) > count(replaced.replaced_by) as is_current
from submission
inner join replaced
    on submission.submission_id = replaced.submission_id
left join {{ ref('calendar') }} as period
    on submission.time_period = period.time_period
group by
    submission.submission_id, submission.department_code, submission.layout_id,
    period.period_end, submission.file, submission.status
