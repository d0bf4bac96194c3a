-- Each part beside the total it belongs to, in one sheet.
select
    bond.identity_id,
    bond.whole_indicator_code,
    part.indicator_code,
    part.ref_area,
    part.scope,
    part.period_end,
    part.period_type,
    part.measure,
    part.department_code,
    part.layout_id,
    part.submission_id,
    part.file,
    part.sheet,
    part.cell,
    part.value,
    part.unit_measure,
    whole.value as expected_value,
    whole.cell as whole_cell,
    {{ as_figure('part.value - whole.value') }} as difference,
    {{ as_figure(
        'round(' ~ safe_divide('part.value - whole.value', '2 * part.last_digit') ~ ', 4)'
    ) }} as digits_over_per_term,
    bond.basis
from {{ ref('chk_figure') }} as part
inner join {{ ref('audit_identities') }} as bond
    on part.indicator_code = bond.part_indicator_code
inner join {{ ref('measures') }} as measure
    on part.measure = measure.measure
inner join {{ ref('chk_figure') }} as whole
    on
        bond.whole_indicator_code = whole.indicator_code
        and part.layout_id = whole.layout_id
        and part.department_code = whole.department_code
        and part.ref_area = whole.ref_area
        and part.scope = whole.scope
        and part.period_end = whole.period_end
        and part.period_type = whole.period_type
        and part.measure = whole.measure
where measure.unit_measure is null
