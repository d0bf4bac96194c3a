-- Each figure that should not exceed another of the same sheet, beside that other one.
select
    pair.order_id,
    lower.indicator_code,
    pair.higher_indicator_code,
    lower.ref_area,
    lower.scope,
    lower.period_end,
    lower.period_type,
    lower.measure,
    lower.department_code,
    lower.layout_id,
    lower.submission_id,
    lower.file,
    lower.sheet,
    lower.cell,
    lower.value,
    lower.unit_measure,
    higher.value as expected_value,
    higher.cell as higher_cell,
    {{ as_figure('lower.value - higher.value') }} as difference,
    pair.basis
from {{ ref('chk_figure') }} as lower
inner join {{ ref('audit_orders') }} as pair
    on lower.indicator_code = pair.lower_indicator_code
inner join {{ ref('measures') }} as measure
    on lower.measure = measure.measure
inner join {{ ref('chk_figure') }} as higher
    on
        pair.higher_indicator_code = higher.indicator_code
        and lower.layout_id = higher.layout_id
        and lower.department_code = higher.department_code
        and lower.ref_area = higher.ref_area
        and lower.scope = higher.scope
        and lower.period_end = higher.period_end
        and lower.period_type = higher.period_type
        and lower.measure = higher.measure
where measure.unit_measure is null
