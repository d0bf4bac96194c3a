-- One row per area: the measures of int_peer_figure set beside each other.
with keyed as (
    select
        indicator_code,
        period_end,
        ref_area,
        direction,
        is_peer,
        parent_ref_area,
        rank_basis,
        max(case when measure = 'level' then obs_value end) as obs_value,
        max(case when measure = 'level' then unit_measure end) as unit_measure,
        max(case when measure = 'growth' then obs_value end) as growth_pct,
        max(case when measure = 'growth' then growth_basis end) as growth_basis,
        max(case
            when rank_basis = 'level' and measure = 'rank' then obs_value
            when rank_basis = 'growth' and measure = 'growth_rank' then obs_value
        end) as rank_reported
    from {{ ref('int_peer_figure') }}
    group by
        indicator_code, period_end, ref_area, direction, is_peer, parent_ref_area, rank_basis
)

select
    *,
    case
        when rank_basis = 'level' then obs_value
        else growth_pct
    end as ranked_value
from keyed
