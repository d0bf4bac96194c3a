-- What each target demands, in words: operator and tolerance are worded by their seeds.
with target as (
    select
        target.*,
        coalesce(indicator.name_zh, target.name_zh) as subject_zh,
        measure.name_zh as measure_zh,
        coalesce(unit.unit_measure, indicator.unit_measure, target.unit_measure) as figure_unit,
        coalesce(
            case when target.measure = 'growth' then operator.growth_prefix_zh else operator.prefix_zh end,
            ''
        ) as prefix_zh,
        coalesce(operator.suffix_zh, '') as suffix_zh,
        {{ plain('target.target_value') }} as target_text,
        {{ plain('target.tolerance') }} as tolerance_text
    from {{ ref('targets') }} as target
    inner join {{ ref('operators') }} as operator
        on target.operator = operator.operator
    inner join {{ ref('codes') }} as measure
        on target.measure = measure.code and measure.list = 'measure'
    left join {{ ref('measures') }} as unit
        on target.measure = unit.measure
    left join {{ ref('indicators') }} as indicator
        on target.indicator_code = indicator.indicator_code
),

worded as (
    select
        *,
        case
            when target_value is null then prefix_zh || suffix_zh
            when kind = 'rank' then prefix_zh || target_text || suffix_zh
            else prefix_zh || target_text || unit_measure || suffix_zh
        end as demand_zh
    from target
)

select
    target_id,
    subject_zh,
    measure_zh,
    figure_unit,
    unit_measure,
    demand_zh,
    case
        when target_value is null then '目标为' || name_zh
        when kind = 'milestone' then '目标为' || name_zh || '(' || demand_zh || ')'
        else '目标' || demand_zh
    end
    || coalesce(
        '(允许误差' || {{ with_unit('tolerance_text', 'tolerance_unit') }} || ')', ''
    ) as target_zh,
    coalesce(proxy_zh || '。', '') as proxy_zh
from worded
