-- Each declared cell whose figure is due in the period, with its figure or without one.
select
    observed.indicator_code,
    observed.ref_area,
    observed.scope,
    observed.period_end,
    observed.period_type,
    observed.measure,
    observed.department_code,
    observed.layout_id,
    observed.submission_id,
    observed.file,
    observed.sheet,
    observed.cell,
    observed.obs_value as value,
    observed.obs_status,
    observed.missing_kind,
    observed.value_text
from {{ ref('fct_observation_vintage') }} as observed
inner join {{ ref('dim_period') }} as period
    on observed.period_end = period.period_end
inner join {{ ref('dim_indicator') }} as indicator
    on observed.indicator_code = indicator.indicator_code
where
    observed.is_latest
    and (indicator.freq = 'M' or period.is_quarter_end)
    -- there is no single month in the first period of a year
    and not (observed.period_type = 'month' and period.month_number = 2)
