-- How far from target and path, in words; null when there is no figure.
{% set points = with_unit(one_digit('abs(distance.gap)'), 'distance.gap_unit') %}
{% set places = plain('abs(distance.gap)') ~ " || '位'" %}
{% set plain_points = with_unit(plain('abs(distance.gap)'), 'distance.gap_unit') %}
with earlier as (
    select
        *,
        case
            when first_year < last_year then {{ joined(
                "'('", 'cast(first_year as varchar)', "'-'", 'cast(last_year as varchar)', "'年平均)'"
            ) }}
            else {{ joined("'('", 'cast(first_year as varchar)', "'年)'") }}
        end as years_zh
    from {{ ref('int_target_path') }}
),

path as (
    select
        earlier.*,
        case
            when earlier.expected_pct_planned is not null then '计划进度'
            when earlier.expected_pct_seasonal is not null then '季节性进度'
            else '时序进度'
        end as path_zh,
        case
            when earlier.expected_pct_planned is not null
                then {{ joined("'计划进度'", one_digit('earlier.expected_pct_planned'), "'%,'") }}
            when earlier.expected_pct_seasonal is not null then {{ joined(
                "'季节性进度'", one_digit('earlier.expected_pct_seasonal'), "'%'", 'earlier.years_zh', "','"
            ) }}
            when target.path_method = 'seasonal' then '无往年同期数据,按时序进度判断;'
            else ''
        end as seasonal_zh
    from earlier
    inner join {{ ref('targets') }} as target
        on earlier.target_id = target.target_id
)

select
    target.target_id,
    target.period_end,
    case
        when target.has_path then {{ joined(
            "'完成年度目标的'", one_digit('distance.completion_pct'), "'%;'", 'path.seasonal_zh',
            "coalesce('时序进度' || " ~ one_digit('path.expected_pct_linear') ~ " || '%,', '')",
            against_zh('distance.gap', 'path.path_zh', points, '领先', '落后')
        ) }}
        when target.kind = 'direction' then {{ against_zh(
            'distance.gap', "''", plain_points, '比上年同期高', '比上年同期低', "'与上年同期持平'"
        ) }}
        when target.kind = 'rank'
            then {{ against_zh('distance.gap', "'目标'", places, '落后', '领先') }}
        when target.kind = 'relative' then {{ joined(
            'cast(relative.n_due as varchar)', "'项中'",
            'cast(relative.n_above as varchar)', "'项高于比较地区,最小一项'",
            against_zh('distance.gap', "''", plain_points, '高', '低', "'持平'")
        ) }}
        else {{ against_zh('distance.gap', "'目标'", plain_points, '高于', '低于') }}
    end as distance_zh
from {{ ref('int_target_period') }} as target
inner join {{ ref('int_target_distance') }} as distance
    on
        target.target_id = distance.target_id
        and target.period_end = distance.period_end
inner join path
    on
        target.target_id = path.target_id
        and target.period_end = path.period_end
left join {{ ref('int_target_actual_relative') }} as relative
    on
        target.target_id = relative.target_id
        and target.period_end = relative.period_end
