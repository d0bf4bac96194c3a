-- Cumulative figures of the areas that are compared: level, growth and reported ranks side by
-- side, where more than one area reports the indicator.
with figure as (
    select
        observation.*,
        indicator.direction,
        area.is_peer,
        area.parent_ref_area
    from {{ ref('int_observation_compared') }} as observation
    inner join {{ ref('indicators') }} as indicator
        on observation.indicator_code = indicator.indicator_code
    inner join {{ ref('areas') }} as area
        on observation.ref_area = area.ref_area
    where
        observation.period_type = 'ytd'
        and observation.scope = 'jurisdiction'
        -- areas run by a district are compared on its own scorecard
        and coalesce(area.managed_by, area.ref_area) = area.ref_area
        and observation.measure in ('level', 'growth', 'rank', 'growth_rank')
),

-- ranks go by level where levels are reported, else by growth
basis as (
    select
        indicator_code,
        period_end,
        case
            when count(case when measure = 'level' and is_peer then obs_value end) > 1 then 'level'
            else 'growth'
        end as rank_basis
    from figure
    group by indicator_code, period_end
    having count(distinct case when obs_value is not null then ref_area end) > 1
)

select
    figure.indicator_code,
    figure.period_end,
    figure.ref_area,
    figure.direction,
    figure.is_peer,
    figure.parent_ref_area,
    basis.rank_basis,
    figure.measure,
    figure.obs_value,
    figure.unit_measure,
    figure.growth_basis,
    figure.submission_id,
    figure.file,
    figure.sheet,
    figure.cell
from figure
inner join basis
    on
        figure.indicator_code = basis.indicator_code
        and figure.period_end = basis.period_end
where figure.obs_value is not null
