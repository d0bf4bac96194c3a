-- Each area's total beside the sum of the areas below it, in one sheet.
with below as (
    select
        area.parent_ref_area,
        figure.indicator_code,
        figure.scope,
        figure.period_end,
        figure.period_type,
        figure.measure,
        figure.department_code,
        figure.layout_id,
        cast(count(*) as integer) as n_areas,
        sum(figure.value) as areas_value
    from {{ ref('chk_figure') }} as figure
    inner join {{ ref('audit_area_sums') }} as additive
        on figure.indicator_code = additive.indicator_code
    inner join {{ ref('dim_area') }} as area
        on figure.ref_area = area.ref_area
    where figure.measure = 'level'
    group by
        area.parent_ref_area, figure.indicator_code, figure.scope, figure.period_end,
        figure.period_type, figure.measure, figure.department_code, figure.layout_id
)

select
    total.indicator_code,
    total.ref_area,
    total.scope,
    total.period_end,
    total.period_type,
    total.measure,
    total.department_code,
    total.layout_id,
    total.submission_id,
    total.file,
    total.sheet,
    total.cell,
    total.value,
    total.unit_measure,
    below.n_areas,
    {{ as_figure('below.areas_value') }} as expected_value,
    {{ as_figure('total.value - below.areas_value') }} as difference,
    {{ as_figure(
        'round(' ~ safe_divide('total.value - below.areas_value', 'below.areas_value') ~ ' * 100, 4)'
    ) }} as difference_pct
from {{ ref('chk_figure') }} as total
inner join below
    on
        total.ref_area = below.parent_ref_area
        and total.indicator_code = below.indicator_code
        and total.scope = below.scope
        and total.period_end = below.period_end
        and total.period_type = below.period_type
        and total.measure = below.measure
        and total.department_code = below.department_code
        and total.layout_id = below.layout_id
