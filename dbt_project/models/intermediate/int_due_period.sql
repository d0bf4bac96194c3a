-- What is overdue is seen from the last receipt, never from the day of the build.
with last_receipt as (
    select
        cast(max(received_at) as date) as seen_on,
        max(case when not is_form then period_end end) as period_end
    from {{ ref('stg_submission') }}
)

select
    duty.layout_id,
    duty.name_zh as layout_zh,
    duty.department_code,
    duty.freq,
    period.period_end,
    period.report_year,
    period.month_number,
    cast({{ dbt.dateadd('day', 'duty.due_days', 'period.period_end') }} as date) as due_date,
    last_receipt.seen_on,
    cast({{ dbt.dateadd('day', 'duty.due_days', 'period.period_end') }} as date)
    < last_receipt.seen_on as is_overdue
from {{ ref('reporting_duties') }} as duty
inner join {{ ref('calendar') }} as period
    on
        duty.valid_from <= period.period_end
        and coalesce(duty.valid_to, period.period_end) >= period.period_end
        and (duty.freq = 'M' or period.is_quarter_end)
inner join last_receipt
    on period.period_end <= last_receipt.period_end
