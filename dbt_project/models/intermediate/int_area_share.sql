-- The areas of a district taken together: the share of one small area in one year says little.
with pooled as (
    select
        duty.ref_area,
        duty.indicator_code,
        share.report_year,
        share.month_number,
        {{ safe_divide('sum(share.period_value)', 'sum(share.year_value)') }} as share
    from {{ ref('area_indicators') }} as duty
    inner join {{ ref('dim_area') }} as area
        on
            duty.ref_area = area.managed_by
            and duty.ref_area <> area.ref_area
    inner join {{ ref('int_seasonal_share') }} as share
        on
            duty.indicator_code = share.indicator_code
            and duty.scope = share.scope
            and area.ref_area = share.ref_area
    group by duty.ref_area, duty.indicator_code, share.report_year, share.month_number
)

select
    pooled.ref_area,
    pooled.indicator_code,
    period.period_end,
    count(*) as n_years,
    {{ as_pct(safe_divide('sum(pooled.share)', 'count(pooled.share)') ~ ' * 100') }}
        as expected_pct_seasonal
from pooled
inner join {{ ref('calendar') }} as period
    on
        pooled.month_number = period.month_number
        and pooled.report_year < period.report_year
group by pooled.ref_area, pooled.indicator_code, period.period_end
