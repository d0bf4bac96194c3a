-- A figure is counted once per sheet that reports it, however many vintages it has.
with figure as (
    select
        indicator_code,
        ref_area,
        scope,
        period_end,
        period_type,
        measure,
        department_code,
        layout_id
    from {{ ref('int_observation_vintage') }}
    group by
        indicator_code, ref_area, scope, period_end, period_type, measure, department_code, layout_id
    having count(obs_value) > 0
),

revised as (
    select distinct
        indicator_code,
        ref_area,
        scope,
        period_end,
        period_type,
        measure,
        department_code,
        layout_id
    from {{ ref('fct_revision') }}
)

select
    figure.*,
    revised.indicator_code is not null as is_revised
from figure
left join revised
    on
        figure.indicator_code = revised.indicator_code
        and figure.ref_area = revised.ref_area
        and figure.scope = revised.scope
        and figure.period_end = revised.period_end
        and figure.period_type = revised.period_type
        and figure.measure = revised.measure
        and figure.department_code = revised.department_code
        and figure.layout_id = revised.layout_id
