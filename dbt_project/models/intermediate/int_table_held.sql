-- The tables that the audit holds back.
select distinct
    held.layout_id,
    held.department_code,
    held.time_period,
    submission.file
from {{ ref('stg_submission_layout') }} as held
inner join {{ ref('stg_submission') }} as submission
    on held.submission_id = submission.submission_id
where submission.status = 'held'
