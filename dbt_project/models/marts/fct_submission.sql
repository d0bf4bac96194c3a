with duty as (
    select
        submission.submission_id,
        -- refused before its sheet was recognised: the latest day the department has for any
        coalesce(
            max(case when duty.layout_id = held.layout_id then duty.due_days end),
            max(duty.due_days)
        ) as due_days
    from {{ ref('stg_submission') }} as submission
    inner join {{ ref('stg_submission_layout') }} as held
        on submission.submission_id = held.submission_id
    inner join {{ ref('reporting_duties') }} as duty
        on
            submission.department_code = duty.department_code
            and submission.period_end >= duty.valid_from
            and submission.period_end <= coalesce(duty.valid_to, submission.period_end)
    where not submission.is_form
    group by submission.submission_id
),

dated as (
    select
        submission.*,
        cast({{ dbt.dateadd('day', 'duty.due_days', 'submission.period_end') }} as date) as due_date,
        -- a file refused or held is no vintage: what follows it is the first one
        case
            when submission.status = 'accepted'
                then row_number() over (
                    partition by
                        submission.department_code, submission.layout_id,
                        submission.time_period, submission.status
                    order by submission.received_at, submission.sequence_number
                )
        end as vintage_number
    from {{ ref('stg_submission') }} as submission
    left join duty
        on submission.submission_id = duty.submission_id
)

select
    dated.submission_id,
    dated.department_code,
    dated.file,
    dated.period_end,
    dated.time_period,
    dated.layout_id,
    dated.received_at,
    dated.due_date,
    cast(dated.received_at as date) <= dated.due_date as is_on_time,
    cast(case
        when dated.due_date is null then null
        when cast(dated.received_at as date) <= dated.due_date then 0
        else {{ dbt.datediff('dated.due_date', 'cast(dated.received_at as date)', 'day') }}
    end as integer) as days_late,
    dated.status,
    dated.reason_code,
    dated.reason_zh,
    dated.reason_en,
    dated.reason_lines,
    dated.format,
    cast(dated.vintage_number as integer) as vintage_number,
    dated.cells_total,
    dated.cells_observation,
    dated.cells_label,
    dated.cells_metadata,
    dated.cells_ignorable,
    dated.cells_unmapped,
    dated.observations,
    dated.entry_values,
    dated.is_form
from dated
order by dated.received_at, dated.submission_id
