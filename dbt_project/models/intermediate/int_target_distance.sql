with measured as (
    select
        target.*,
        actual.actual_value,
        actual.no_data_reason,
        path.expected_pct_seasonal,
        path.expected_pct_linear,
        {{ as_pct(safe_divide('actual.actual_value', 'target.target_value') ~ ' * 100') }} as ratio_pct,
        case
            when actual.actual_value is null then null
            when target.operator = 'all_above_peer' then actual.is_satisfied_by_components
            when target.operator = 'gt' then actual.actual_value > target.threshold_value
            when target.better = 'lower' then actual.actual_value <= target.threshold_value
            else actual.actual_value >= target.threshold_value
        end as is_met
    from {{ ref('int_target_period') }} as target
    inner join {{ ref('int_target_actual') }} as actual
        on
            target.target_id = actual.target_id
            and target.period_end = actual.period_end
    inner join {{ ref('int_target_path') }} as path
        on
            target.target_id = path.target_id
            and target.period_end = path.period_end
),

-- along a path completion is held against it; otherwise the value against the target itself,
-- and a relative target against nothing: its figure is a difference already
gauged as (
    select
        *,
        case when has_path then ratio_pct end as completion_pct,
        cast(case
            when has_path then ratio_pct - coalesce(expected_pct_seasonal, expected_pct_linear)
            else actual_value - coalesce(target_value, 0)
        end as decimal(24, 6)) as gap
    from measured
)

select
    gauged.target_id,
    gauged.period_end,
    gauged.actual_value,
    gauged.no_data_reason,
    gauged.completion_pct,
    gauged.expected_pct_seasonal,
    gauged.expected_pct_linear,
    gauged.gap,
    case
        when gauged.has_path then '{{ var("percentage_point_unit") }}'
        else unit.difference_unit
    end as gap_unit,
    -- positive is good, whichever way the target looks
    case when gauged.better = 'lower' then -gauged.gap else gauged.gap end as margin,
    gauged.is_met
from gauged
inner join {{ ref('units') }} as unit
    on gauged.unit_measure = unit.unit_measure
