with submission as (
    select * from {{ source('raw', 'submission') }}
)

select
    submission.submission_id,
    submission.sequence_number,
    submission.department_code,
    submission.time_period,
    period.period_end,
    submission.file,
    submission.sha256,
    submission.size_bytes,
    submission.received_at,
    submission.layout_id,
    submission.status,
    submission.status = 'accepted' as is_accepted,
    submission.reason_code,
    submission.reason_zh,
    submission.reason_en,
    submission.reason_lines,
    submission.title,
    submission.format,
    submission.cells_total,
    submission.cells_observation,
    submission.cells_label,
    submission.cells_metadata,
    submission.cells_ignorable,
    submission.cells_unmapped,
    submission.observations,
    submission.entry_values,
    submission.is_form
from submission
left join {{ ref('calendar') }} as period
    on submission.time_period = period.time_period
where {{ known_then('submission.received_at') }}
