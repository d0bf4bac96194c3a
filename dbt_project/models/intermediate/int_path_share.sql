-- What each earlier year had reached by the same month, for the targets that follow the season.
select
    target.target_id,
    target.period_end,
    share.report_year as earlier_year,
    share.period_value,
    share.year_value,
    share.share,
    count(*) over (partition by target.target_id, target.period_end) as n_years,
    sum(share.share) over (partition by target.target_id, target.period_end) as sum_share
from {{ ref('int_target_period') }} as target
inner join {{ ref('int_seasonal_share') }} as share
    on
        target.indicator_code = share.indicator_code
        and target.ref_area = share.ref_area
        and target.scope = share.scope
        and target.month_number = share.month_number
        and target.report_year > share.report_year
where target.path_method = 'seasonal'
