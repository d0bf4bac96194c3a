-- A target is in the unit of the figure it is held against and has a light rule made for its kind;
-- a relative one has components.
select
    target.target_id,
    target.unit_measure,
    coalesce(measure.unit_measure, indicator.unit_measure) as unit_of_figure
from {{ ref('targets') }} as target
inner join {{ ref('measures') }} as measure
    on target.measure = measure.measure
left join {{ ref('indicators') }} as indicator
    on target.indicator_code = indicator.indicator_code
inner join {{ ref('light_rules') }} as light
    on target.light_rule = light.light_rule
left join {{ ref('target_components') }} as component
    on target.target_id = component.target_id
where
    (
        target.indicator_code is not null
        and target.unit_measure <> coalesce(measure.unit_measure, indicator.unit_measure)
    )
    or target.kind <> light.kind
    or (target.indicator_code is null and component.target_id is null)
