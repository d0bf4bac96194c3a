-- Which figures each judgement asks for: a target's own, last year's where that is compared with, or
-- every component's and its peer's.
{% set own = {'actual': 0, 'base': 1} %}
{% for role, years_back in own.items() %}
    select
        target.target_id,
        0 as item_order,
        '{{ role }}' as evidence_role,
        {{ years_back }} as years_back,
        false as is_compared,
        target.indicator_code,
        target.ref_area,
        target.measure,
        target.scope,
        target.period_type
    from {{ ref('targets') }} as target
    inner join {{ ref('operators') }} as comparison
        on target.operator = comparison.operator
    where
        target.indicator_code is not null
        {% if years_back > 0 %}and comparison.judged_by = 'base'{% endif %}

    union all
{% endfor %}

{% for role, area in {'actual': 'target.ref_area', 'peer': 'component.peer_ref_area'}.items() %}
    select
        target.target_id,
        component.item_order,
        '{{ role }}' as evidence_role,
        0 as years_back,
        true as is_compared,
        component.indicator_code,
        {{ area }} as ref_area,
        component.measure,
        target.scope,
        target.period_type
    from {{ ref('targets') }} as target
    inner join {{ ref('target_components') }} as component
        on target.target_id = component.target_id
    {% if not loop.last %}union all{% endif %}
{% endfor %}
