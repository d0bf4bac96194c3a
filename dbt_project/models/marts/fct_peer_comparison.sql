with peer as (
    select
        *,
        -- best first: a lower figure is better only where the indicator says so
        rank() over (
            partition by indicator_code, period_end
            order by case when direction = 'lower_better' then ranked_value else -ranked_value end
        ) as place,
        count(*) over (partition by indicator_code, period_end) as n_peers
    from {{ ref('int_peer_row') }}
    where is_peer and ranked_value is not null
)

select
    area.indicator_code,
    area.period_end,
    area.ref_area,
    area.is_peer,
    area.rank_basis,
    area.obs_value,
    area.unit_measure,
    {{ as_pct('area.growth_pct') }} as growth_pct,
    cast({{ to_decimal('area.rank_reported', 9, 0) }} as integer) as rank_reported,
    cast(peer.place as integer) as rank_computed,
    case
        when coalesce(area.growth_basis = city.growth_basis, true)
            then {{ as_pct('area.growth_pct - city.growth_pct') }}
    end as difference_from_city_pp,
    cast(peer.n_peers as integer) as n_peers,
    source.submission_id,
    source.file,
    source.sheet,
    source.cell
from {{ ref('int_peer_row') }} as area
left join {{ ref('int_peer_row') }} as city
    on
        area.indicator_code = city.indicator_code
        and area.period_end = city.period_end
        and area.parent_ref_area = city.ref_area
left join peer
    on
        area.indicator_code = peer.indicator_code
        and area.period_end = peer.period_end
        and area.ref_area = peer.ref_area
left join {{ ref('int_peer_figure') }} as source
    on
        area.indicator_code = source.indicator_code
        and area.period_end = source.period_end
        and area.ref_area = source.ref_area
        and area.rank_basis = source.measure
order by area.indicator_code, area.period_end, area.ref_area
