with latest as (
    select max(period_end) as period_end
    from {{ ref('stg_submission') }}
    where is_accepted and not is_form
)

select
    target.target_id,
    period.period_end,
    target.report_year,
    period.month_number,
    period.is_year_end as is_final,
    coalesce(period.period_end <= latest.period_end, false) as is_reached,
    -- a quarterly figure is due at quarter ends only; a relative target asks its components
    coalesce(indicator.freq = 'M' or period.is_quarter_end, true) as is_due,
    {{ as_pct(safe_divide('period.month_number', '12') ~ ' * 100') }} as linear_pct,
    target.ref_area,
    target.scope,
    target.indicator_code,
    target.period_type,
    target.measure,
    target.kind,
    target.operator,
    comparison.better,
    comparison.judged_by,
    target.target_value,
    -- "about" is met from the target less its tolerance: points off it, or percent of it
    case
        when target.tolerance is null then target.target_value
        when tolerance_unit.dimension = 'ratio'
            then {{ as_figure('target.target_value * (100 - target.tolerance) * 0.01') }}
        else target.target_value - target.tolerance
    end as threshold_value,
    target.unit_measure,
    target.path_method,
    target.path_method <> 'none' as has_path,
    target.light_rule,
    rule.margin_basis
from {{ ref('targets') }} as target
inner join {{ ref('calendar') }} as period
    on target.report_year = period.report_year
inner join {{ ref('operators') }} as comparison
    on target.operator = comparison.operator
inner join {{ ref('light_rules') }} as rule
    on target.light_rule = rule.light_rule
left join {{ ref('indicators') }} as indicator
    on target.indicator_code = indicator.indicator_code
left join {{ ref('units') }} as tolerance_unit
    on target.tolerance_unit = tolerance_unit.unit_measure
cross join latest
