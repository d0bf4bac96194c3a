{% set rest_growth = safe_divide('target_value - actual_value', 'base_year_value - base_period_value') %}
{% set growth_of_rest = safe_divide('target_value - base_share * actual_value', '1 - base_share') %}
-- What is still to do, and how fast the remaining months must grow on last year's same months.
with open_target as (
    select
        target.target_id,
        target.period_end,
        target.kind,
        target.path_method,
        target.has_path,
        target.is_final,
        target.target_value,
        distance.actual_value,
        distance.is_met,
        path.base_period_value,
        path.base_year_value,
        path.base_share
    from {{ ref('int_target_period') }} as target
    inner join {{ ref('int_target_distance') }} as distance
        on
            target.target_id = distance.target_id
            and target.period_end = distance.period_end
    inner join {{ ref('int_target_path') }} as path
        on
            target.target_id = path.target_id
            and target.period_end = path.period_end
    where
        target.better = 'higher'
        and distance.actual_value is not null
)

select
    target_id,
    period_end,
    case
        when not has_path then null
        when is_met then 0
        else cast(target_value - actual_value as decimal(24, 6))
    end as remaining_value,
    case
        when is_final or path_method = 'schedule' then null
        when has_path and not is_met and base_year_value > base_period_value
            then {{ as_figure('round((' ~ rest_growth ~ ' - 1) * 100, 4)') }}
        -- growth of the year = share x growth so far + (1 - share) x growth of the rest
        when kind = 'growth' and base_share < 1
            then {{ as_figure('round(' ~ growth_of_rest ~ ', 4)') }}
    end as required_rest_value
from open_target
