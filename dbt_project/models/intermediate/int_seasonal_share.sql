-- How much of each year's outcome stood at each period, from cumulative levels as now known.
with cumulative as (
    select
        observation.indicator_code,
        observation.ref_area,
        observation.scope,
        period.report_year,
        period.month_number,
        period.is_year_end,
        observation.obs_value
    from {{ ref('int_observation_chosen') }} as observation
    inner join {{ ref('calendar') }} as period
        on observation.period_end = period.period_end
    where
        observation.measure = 'level'
        and observation.period_type = 'ytd'
        and observation.obs_value is not null
)

select
    part.indicator_code,
    part.ref_area,
    part.scope,
    part.report_year,
    part.month_number,
    part.obs_value as period_value,
    whole.obs_value as year_value,
    {{ safe_divide('part.obs_value', 'whole.obs_value') }} as share
from cumulative as part
inner join cumulative as whole
    on
        part.indicator_code = whole.indicator_code
        and part.ref_area = whole.ref_area
        and part.scope = whole.scope
        and part.report_year = whole.report_year
        and whole.is_year_end
        and whole.obs_value > 0
