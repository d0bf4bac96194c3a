-- Cumulative levels with a figure, short of their target: what each remaining month must bring on
-- average, beside what a month has brought so far.
with spread as (
    select
        target.target_id,
        target.period_end,
        rest.remaining_value,
        rest.required_rest_value,
        12 - target.month_number as n_months_left,
        {{ as_figure(safe_divide('actual.actual_value', 'target.month_number')) }} as monthly_value,
        case
            when target.month_number < 12
                then {{ as_figure(safe_divide('rest.remaining_value', '12 - target.month_number')) }}
        end as needed_monthly_value
    from {{ ref('int_target_period') }} as target
    inner join {{ ref('int_target_actual') }} as actual
        on
            target.target_id = actual.target_id
            and target.period_end = actual.period_end
    inner join {{ ref('int_target_rest') }} as rest
        on
            target.target_id = rest.target_id
            and target.period_end = rest.period_end
    where
        target.kind = 'level'
        and target.period_type = 'ytd'
        and rest.remaining_value is not null
)

select
    target_id,
    period_end,
    n_months_left,
    remaining_value,
    monthly_value,
    needed_monthly_value,
    case
        when monthly_value > 0
            then {{ as_pct(safe_divide('needed_monthly_value * 100', 'monthly_value')) }}
    end as needed_pace_pct,
    required_rest_value
from spread
