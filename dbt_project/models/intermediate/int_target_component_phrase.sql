-- The components of a relative target in words: those compared, and those that are missing.
{% set points = with_unit(plain('abs(difference)'), "'" ~ var('percentage_point_unit') ~ "'") %}
{% set compared = 'case when difference is not null then compared_zh end' %}
{% set missing = 'case when difference is null then missing_zh end' %}
with component as (
    select
        *,
        {{ joined(
            'indicator_zh', plain('own_value'), "'%('", 'peer_area_zh', plain('peer_value'), "'%,'",
            against_zh('difference', "''", points, '高', '低', "'持平'"), "')'"
        ) }} as compared_zh,
        indicator_zh || case
            when is_complete then '(口径不同)'
            when is_due then '(缺数)'
            else '(本期不发布)'
        end as missing_zh
    from {{ ref('int_target_component') }}
)

select
    target_id,
    period_end,
    {{ string_agg(compared, "'、'", 'item_order') }} as compared_zh,
    {{ string_agg(missing, "'、'", 'item_order') }} as missing_zh
from component
group by target_id, period_end
