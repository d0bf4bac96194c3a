select
    item.ref_area,
    item.indicator_code,
    item.period_end,
    {{ as_pct(safe_divide('sum(share.share)', 'count(share.share)') ~ ' * 100') }}
        as expected_pct_seasonal
from {{ ref('int_budget_line') }} as item
inner join {{ ref('int_seasonal_share') }} as share
    on
        item.indicator_code = share.indicator_code
        and item.ref_area = share.ref_area
        and item.scope = share.scope
        and item.month_number = share.month_number
        and item.report_year > share.report_year
group by item.ref_area, item.indicator_code, item.period_end
