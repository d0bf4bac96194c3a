-- Areas are compared within one sheet where one shows them side by side: same basis, same vintage.
-- Elsewhere, and where that sheet is blank, the figure that counts otherwise is taken.
with coverage as (
    select
        indicator_code,
        scope,
        period_end,
        period_type,
        measure,
        department_code,
        layout_id,
        count(obs_value) as n_areas
    from {{ ref('int_observation_ranked') }}
    group by
        indicator_code, scope, period_end, period_type, measure, department_code, layout_id
),

widest as (
    select
        *,
        row_number() over (
            partition by indicator_code, scope, period_end, period_type, measure
            order by n_areas desc, department_code asc, layout_id asc
        ) as place
    from coverage
    where n_areas > 1
),

ordered as (
    select
        observation.*,
        row_number() over (
            partition by
                observation.indicator_code, observation.ref_area, observation.scope,
                observation.period_end, observation.period_type, observation.measure
            order by
                case when observation.obs_status = 'O' then 1 else 0 end,
                case when widest.place is null then 1 else 0 end,
                observation.preference
        ) as choice
    from {{ ref('int_observation_ranked') }} as observation
    left join widest
        on
            observation.indicator_code = widest.indicator_code
            and observation.scope = widest.scope
            and observation.period_end = widest.period_end
            and observation.period_type = widest.period_type
            and observation.measure = widest.measure
            and observation.department_code = widest.department_code
            and observation.layout_id = widest.layout_id
            and widest.place = 1
)

select *
from ordered
where choice = 1
