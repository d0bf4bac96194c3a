-- Own figure and peer's, side by side; two growth rates on different bases are not compared.
select
    target.target_id,
    target.period_end,
    component.item_order,
    indicator.name_zh as indicator_zh,
    peer_area.name_zh as peer_area_zh,
    target.is_reached,
    indicator.freq = 'M' or period.is_quarter_end as is_due,
    own.obs_value as own_value,
    peer.obs_value as peer_value,
    case
        when coalesce(own.growth_basis = peer.growth_basis, true)
            then cast(own.obs_value - peer.obs_value as decimal(24, 6))
    end as difference,
    own.obs_value is not null and peer.obs_value is not null as is_complete,
    'M' in (own.obs_status, peer.obs_status) as is_unobservable,
    own.department_code,
    own.submission_id,
    own.file,
    own.sheet,
    own.cell,
    own.cell_value,
    own.cell_unit,
    own.obs_status,
    own.known_from
from {{ ref('int_target_period') }} as target
inner join {{ ref('target_components') }} as component
    on target.target_id = component.target_id
inner join {{ ref('calendar') }} as period
    on target.period_end = period.period_end
inner join {{ ref('indicators') }} as indicator
    on component.indicator_code = indicator.indicator_code
inner join {{ ref('areas') }} as peer_area
    on component.peer_ref_area = peer_area.ref_area
left join {{ ref('int_observation_compared') }} as own
    on
        component.indicator_code = own.indicator_code
        and component.measure = own.measure
        and target.ref_area = own.ref_area
        and target.scope = own.scope
        and target.period_end = own.period_end
        and target.period_type = own.period_type
left join {{ ref('int_observation_compared') }} as peer
    on
        component.indicator_code = peer.indicator_code
        and component.measure = peer.measure
        and component.peer_ref_area = peer.ref_area
        and target.scope = peer.scope
        and target.period_end = peer.period_end
        and target.period_type = peer.period_type
