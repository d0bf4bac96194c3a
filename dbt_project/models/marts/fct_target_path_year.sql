select
    path.target_id,
    path.period_end,
    path.earlier_year,
    path.period_value,
    path.year_value,
    target.unit_measure,
    {{ as_pct('path.share * 100') }} as share_pct,
    {{ as_pct('hindcast.others_share * 100') }} as others_share_pct,
    hindcast.hindcast_value,
    {{ as_pct('(hindcast.error_ratio - 1) * 100') }} as error_pct
from {{ ref('int_path_share') }} as path
inner join {{ ref('int_target_period') }} as target
    on
        path.target_id = target.target_id
        and path.period_end = target.period_end
left join {{ ref('int_outlook_hindcast') }} as hindcast
    on
        path.target_id = hindcast.target_id
        and path.period_end = hindcast.period_end
        and path.earlier_year = hindcast.earlier_year
order by path.target_id, path.period_end, path.earlier_year
