{% set outlook = safe_divide('actual_value * 100', 'expected_pct_seasonal') %}
-- The year's outcome if the rest of it goes as in earlier years. The range is what their own errors
-- make of it; it needs two of them, and what stands already cannot be undone.
with error as (
    select
        target_id,
        period_end,
        count(error_ratio) as n_hindcasts,
        min(error_ratio) as lowest_ratio,
        max(error_ratio) as highest_ratio
    from {{ ref('int_outlook_hindcast') }}
    group by target_id, period_end
),

reasoned as (
    select
        target.target_id,
        target.period_end,
        target.target_value,
        target.threshold_value,
        target.better,
        actual.actual_value,
        path.expected_pct_seasonal,
        path.n_years,
        error.n_hindcasts,
        error.lowest_ratio,
        error.highest_ratio,
        case
            when target.kind <> 'level' or target.period_type <> 'ytd' then 'not_cumulative'
            when target.path_method = 'schedule' then 'by_plan'
            when target.is_final then 'year_over'
            when actual.actual_value is null then 'no_data'
            when coalesce(path.expected_pct_seasonal, 0) <= 0 then 'no_earlier_year'
        end as no_outlook_reason
    from {{ ref('int_target_period') }} as target
    inner join {{ ref('int_target_actual') }} as actual
        on
            target.target_id = actual.target_id
            and target.period_end = actual.period_end
    inner join {{ ref('int_target_path') }} as path
        on
            target.target_id = path.target_id
            and target.period_end = path.period_end
    left join error
        on
            target.target_id = error.target_id
            and target.period_end = error.period_end
),

expected as (
    select
        *,
        case when no_outlook_reason is null then {{ as_figure(outlook) }} end as outlook_value
    from reasoned
),

ranged as (
    select
        *,
        case when n_hindcasts > 1 then {{ as_figure('outlook_value * lowest_ratio') }} end as lowest,
        case when n_hindcasts > 1 then {{ as_figure('outlook_value * highest_ratio') }} end as high_value
    from expected
)

select
    target_id,
    period_end,
    outlook_value,
    case when lowest < actual_value then actual_value else lowest end as low_value,
    high_value,
    {{ as_pct(safe_divide('outlook_value * 100', 'target_value')) }} as outlook_completion_pct,
    case when outlook_value is not null then n_years else 0 end as n_years,
    no_outlook_reason
from ranged
