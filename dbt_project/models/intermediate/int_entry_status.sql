-- The entries of a register are replaced as a whole by those of the next submission of its layout.
select
    submission_id,
    layout_id,
    sequence_number = max(sequence_number) over (
        partition by department_code, layout_id, time_period
    ) as is_current
from {{ ref('stg_submission_layout') }}
where status = 'accepted' and layout_id is not null
