{% set share_of_target = safe_divide('gauged.gap', 'gauged.target_value') %}
{% set share_of_base = safe_divide('gauged.gap', 'gauged.base_value') %}
with measured as (
    select
        target.*,
        actual.actual_value,
        actual.no_data_reason,
        actual.base_value,
        actual.is_held_up,
        actual.is_failed,
        path.expected_pct_planned,
        path.expected_pct_seasonal,
        path.expected_pct_linear,
        {{ as_pct(safe_divide('actual.actual_value', 'target.target_value') ~ ' * 100') }} as ratio_pct,
        case
            when actual.actual_value is null then null
            when target.operator in ('all_above_peer', 'all_items') then actual.is_satisfied_by_components
            when target.operator = 'increase' then actual.actual_value > actual.base_value
            when target.operator = 'decrease' then actual.actual_value < actual.base_value
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

-- along a path completion is held against it; otherwise the value against the target itself or last
-- year's figure, and a relative target against nothing: its figure is a difference already
gauged as (
    select
        *,
        case when has_path then ratio_pct end as completion_pct,
        cast(case
            when has_path
                then ratio_pct - coalesce(expected_pct_planned, expected_pct_seasonal, expected_pct_linear)
            else actual_value - coalesce(target_value, base_value, 0)
        end as decimal(24, 6)) as gap
    from measured
)

select
    gauged.target_id,
    gauged.period_end,
    gauged.actual_value,
    gauged.no_data_reason,
    gauged.completion_pct,
    gauged.base_value,
    gauged.expected_pct_planned,
    gauged.expected_pct_seasonal,
    gauged.expected_pct_linear,
    gauged.gap,
    case
        when gauged.has_path then '{{ var("percentage_point_unit") }}'
        else unit.difference_unit
    end as gap_unit,
    -- positive is good, whichever way the target looks
    cast(case gauged.better when 'lower' then -1 else 1 end * case gauged.margin_basis
        when 'percent_of_target' then {{ share_of_target }} * 100
        when 'percent_of_base' then {{ share_of_base }} * 100
        else gauged.gap
    end as decimal(24, 6)) as margin,
    gauged.is_met,
    gauged.is_held_up,
    gauged.is_failed
from gauged
inner join {{ ref('units') }} as unit
    on gauged.unit_measure = unit.unit_measure
