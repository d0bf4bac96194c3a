-- A target is in the unit of the figure it is held against, looks the way its operator does and has
-- a light rule made for its kind; what it is judged by is there: components, as many items as it
-- says, a plan for every month where the plan is its path.
with counted as (
    select
        target.target_id,
        (
            select count(*)
            from {{ ref('target_components') }} as component
            where component.target_id = target.target_id
        ) as n_components,
        (
            select count(*)
            from {{ ref('target_items') }} as item
            where item.target_id = target.target_id
        ) as n_items,
        (
            select count(*)
            from {{ ref('target_schedules') }} as planned
            where planned.target_id = target.target_id
        ) as n_planned
    from {{ ref('targets') }} as target
)

select
    target.target_id,
    target.unit_measure,
    coalesce(measure.unit_measure, indicator.unit_measure) as unit_of_figure,
    counted.n_components,
    counted.n_items,
    counted.n_planned
from {{ ref('targets') }} as target
inner join counted
    on target.target_id = counted.target_id
inner join {{ ref('measures') }} as measure
    on target.measure = measure.measure
inner join {{ ref('operators') }} as comparison
    on target.operator = comparison.operator
left join {{ ref('indicators') }} as indicator
    on target.indicator_code = indicator.indicator_code
inner join {{ ref('light_rules') }} as light
    on target.light_rule = light.light_rule
where
    target.kind <> light.kind
    or target.direction <> comparison.better || '_better'
    or (target.indicator_code is not null) <> (comparison.judged_by in ('figure', 'base'))
    -- a cut is a share of last year's figure
    or target.unit_measure <> case
        when target.operator = 'cut_ge' then '{{ var("percent_unit") }}'
        when comparison.judged_by in ('figure', 'base')
            then coalesce(measure.unit_measure, indicator.unit_measure)
        else target.unit_measure
    end
    or (comparison.judged_by = 'components') <> (counted.n_components > 0)
    or (comparison.judged_by = 'items') <> (counted.n_items > 0)
    or (comparison.judged_by = 'items' and counted.n_items <> target.target_value)
    or (target.path_method = 'schedule' and comparison.judged_by = 'figure') <> (counted.n_planned > 0)
    or (
        counted.n_planned > 0
        and counted.n_planned <> (
            select count(*)
            from {{ ref('calendar') }} as period
            where period.report_year = target.report_year
        )
    )
