-- Each line at each period due: its figure, plan, growth as published and last year's figure.
with beside as (
    select
        indicator_code,
        ref_area,
        scope,
        period_end,
        max(case when measure = 'plan' then obs_value end) as plan_value,
        max(case when measure = 'completion' then obs_value end) as reported_completion,
        max(case when measure = 'growth' then obs_value end) as growth,
        max(case when measure = 'growth' then growth_basis end) as growth_basis
    from {{ ref('fct_observation') }}
    where
        (measure in ('completion', 'growth') and period_type = 'ytd')
        or measure = 'plan'
    group by indicator_code, ref_area, scope, period_end
),

level as (
    select
        observation.*,
        period.report_year,
        period.month_number
    from {{ ref('fct_observation') }} as observation
    inner join {{ ref('calendar') }} as period
        on observation.period_end = period.period_end
    where observation.measure = 'level' and observation.period_type = 'ytd'
)

select
    item.ref_area,
    item.indicator_code,
    item.scope,
    item.budget_side,
    item.budget_part,
    item.whole_indicator_code,
    item.sort_order,
    due.period_end,
    due.report_year,
    due.month_number,
    due.department_code,
    now.obs_value,
    coalesce(now.unit_measure, indicator.unit_measure) as unit_measure,
    seen.plan_value,
    seen.reported_completion,
    seen.growth,
    seen.growth_basis,
    earlier.obs_value as last_year_value,
    now.submission_id,
    now.file,
    now.sheet,
    now.cell
from {{ ref('budget_lines') }} as item
inner join {{ ref('int_due_period') }} as due
    on item.layout_id = due.layout_id
inner join {{ ref('indicators') }} as indicator
    on item.indicator_code = indicator.indicator_code
left join level as now
    on
        item.indicator_code = now.indicator_code
        and item.ref_area = now.ref_area
        and item.scope = now.scope
        and due.period_end = now.period_end
left join level as earlier
    on
        item.indicator_code = earlier.indicator_code
        and item.ref_area = earlier.ref_area
        and item.scope = earlier.scope
        and due.report_year - 1 = earlier.report_year
        and due.month_number = earlier.month_number
left join beside as seen
    on
        item.indicator_code = seen.indicator_code
        and item.ref_area = seen.ref_area
        and item.scope = seen.scope
        and due.period_end = seen.period_end
