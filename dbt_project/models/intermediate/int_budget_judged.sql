-- A line with a cut set for the year is held against last year's same period, others against
-- their plan; a whole is never of another revenue scope.
with cut as (
    select
        ref_area,
        indicator_code,
        report_year,
        max(target_value) as cut_target_value
    from {{ ref('targets') }}
    where kind = 'reduction'
    group by ref_area, indicator_code, report_year
),

measured as (
    select
        item.*,
        whole.obs_value as whole_value,
        cut.cut_target_value,
        path.expected_pct_seasonal,
        {{ as_pct(safe_divide('item.obs_value', 'item.plan_value') ~ ' * 100') }} as completion_pct,
        {{ as_pct(safe_divide('item.obs_value', 'whole.obs_value') ~ ' * 100') }} as share_pct,
        {{ as_pct(safe_divide('item.obs_value - item.last_year_value', 'item.last_year_value') ~ ' * 100') }}
            as change_pct
    from {{ ref('int_budget_line') }} as item
    left join {{ ref('int_budget_line') }} as whole
        on
            item.whole_indicator_code = whole.indicator_code
            and item.ref_area = whole.ref_area
            and item.period_end = whole.period_end
    left join cut
        on
            item.ref_area = cut.ref_area
            and item.indicator_code = cut.indicator_code
            and item.report_year = cut.report_year
    left join {{ ref('int_budget_path') }} as path
        on
            item.ref_area = path.ref_area
            and item.indicator_code = path.indicator_code
            and item.period_end = path.period_end
)

select
    measured.*,
    period.linear_pct as expected_pct_linear,
    case
        when measured.obs_value is null then 'no_data'
        when measured.cut_target_value is not null and measured.change_pct is null then 'no_data'
        when measured.cut_target_value is not null and -measured.change_pct >= measured.cut_target_value
            then 'cut_met'
        when measured.cut_target_value is not null then 'cut_short'
        when measured.completion_pct is null or measured.budget_side = 'expenditure' then 'watched'
        when measured.completion_pct >= 100 then 'done'
        when period.is_year_end then 'missed'
        when measured.completion_pct >= coalesce(measured.expected_pct_seasonal, period.linear_pct)
            then 'on_schedule'
        else 'behind'
    end as state
from measured
inner join {{ ref('dim_period') }} as period
    on measured.period_end = period.period_end
