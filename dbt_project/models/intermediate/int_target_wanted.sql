-- Which figures each judgement asks for: a target's own, or every component's and its peer's.
select
    target.target_id,
    0 as item_order,
    'actual' as evidence_role,
    false as is_compared,
    target.indicator_code,
    target.ref_area,
    target.measure,
    target.scope,
    target.period_type
from {{ ref('targets') }} as target
where target.indicator_code is not null

union all

select
    target.target_id,
    component.item_order,
    'actual' as evidence_role,
    true as is_compared,
    component.indicator_code,
    target.ref_area,
    component.measure,
    target.scope,
    target.period_type
from {{ ref('targets') }} as target
inner join {{ ref('target_components') }} as component
    on target.target_id = component.target_id

union all

select
    target.target_id,
    component.item_order,
    'peer' as evidence_role,
    true as is_compared,
    component.indicator_code,
    component.peer_ref_area as ref_area,
    component.measure,
    target.scope,
    target.period_type
from {{ ref('targets') }} as target
inner join {{ ref('target_components') }} as component
    on target.target_id = component.target_id
