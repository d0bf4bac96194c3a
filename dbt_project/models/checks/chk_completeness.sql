-- Each sheet due up to the newest period received, with its submission or without one. What is
-- overdue is seen from the last receipt, never from the day of the build.
with last_receipt as (
    select
        max(received_at) as received_at,
        max(period_end) as period_end
    from {{ ref('fct_submission') }}
),

due as (
    select
        duty.layout_id,
        duty.name_zh as layout_zh,
        duty.department_code,
        period.period_end,
        period.label_zh,
        cast({{ dbt.dateadd('day', 'duty.due_days', 'period.period_end') }} as date) as due_date
    from {{ ref('reporting_duties') }} as duty
    inner join {{ ref('dim_period') }} as period
        on
            duty.valid_from <= period.period_end
            and (duty.valid_to is null or duty.valid_to >= period.period_end)
            and (duty.freq = 'M' or period.is_quarter_end)
),

accepted as (
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
    due.due_date < cast(last_receipt.received_at as date) as is_overdue
from due
inner join last_receipt
    on due.period_end <= last_receipt.period_end
left join accepted
    on
        due.layout_id = accepted.layout_id
        and due.department_code = accepted.department_code
        and due.period_end = accepted.period_end
