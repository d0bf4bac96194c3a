-- The districts with departments of their own, each beside its city.
with own as (
    select distinct ref_area
    from {{ ref('department_areas') }}
)

select
    peer.indicator_code,
    peer.ref_area,
    peer.period_end,
    case
        when peer.difference_from_city_pp is null then 'not_comparable'
        when peer.difference_from_city_pp > 0 then 'above'
        when peer.difference_from_city_pp < 0 then 'below'
        else 'equal'
    end as state
from {{ ref('fct_peer_comparison') }} as peer
inner join own
    on peer.ref_area = own.ref_area
