with earlier as (
    select
        target.target_id,
        target.period_end,
        count(share.share) as n_years,
        min(share.report_year) as first_year,
        max(share.report_year) as last_year,
        {{ safe_divide('sum(share.share)', 'count(share.share)') }} as mean_share
    from {{ ref('int_target_period') }} as target
    inner join {{ ref('int_seasonal_share') }} as share
        on
            target.indicator_code = share.indicator_code
            and target.ref_area = share.ref_area
            and target.scope = share.scope
            and target.month_number = share.month_number
            and target.report_year > share.report_year
    group by target.target_id, target.period_end
),

-- of named items those are planned that are due by the period
due as (
    select
        target_id,
        period_end,
        {{ as_pct(safe_divide('sum(case when is_due then 1 else 0 end)', 'count(*)') ~ ' * 100') }} as due_pct
    from {{ ref('int_target_item') }}
    group by target_id, period_end
)

select
    target.target_id,
    target.period_end,
    case when target.judged_by = 'items' then null when target.has_path then target.linear_pct end
        as expected_pct_linear,
    case
        when target.path_method = 'seasonal' then {{ as_pct('earlier.mean_share * 100') }}
    end as expected_pct_seasonal,
    case when target.path_method = 'schedule' then coalesce(plan.expected_pct, due.due_pct) end
        as expected_pct_planned,
    coalesce(earlier.n_years, 0) as n_years,
    earlier.first_year,
    earlier.last_year,
    base.period_value as base_period_value,
    base.year_value as base_year_value,
    base.share as base_share
from {{ ref('int_target_period') }} as target
left join earlier
    on
        target.target_id = earlier.target_id
        and target.period_end = earlier.period_end
left join due
    on
        target.target_id = due.target_id
        and target.period_end = due.period_end
left join {{ ref('target_schedules') }} as plan
    on
        target.target_id = plan.target_id
        and target.month_number = plan.month_number
left join {{ ref('int_seasonal_share') }} as base
    on
        target.indicator_code = base.indicator_code
        and target.ref_area = base.ref_area
        and target.scope = base.scope
        and target.month_number = base.month_number
        and target.report_year - 1 = base.report_year
