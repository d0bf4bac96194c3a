-- Each figure that is a part of another department's figure, beside that figure.
select
    bond.bond_id,
    part.indicator_code,
    bond.whole_indicator_code,
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
    whole.submission_id as whole_submission_id,
    whole.layout_id as whole_layout_id,
    whole.file as whole_file,
    whole.sheet as whole_sheet,
    whole.cell as whole_cell,
    {{ in_unit('whole.value', 'whole_unit.factor_to_base', 'part_unit.factor_to_base') }} as expected_value,
    {{ as_pct(
        safe_divide(
            'part.value',
            in_unit('whole.value', 'whole_unit.factor_to_base', 'part_unit.factor_to_base')
        ) ~ ' * 100'
    ) }} as share_pct,
    bond.basis
from {{ ref('chk_figure') }} as part
inner join {{ ref('audit_parts_between') }} as bond
    on part.indicator_code = bond.part_indicator_code
inner join {{ ref('chk_figure') }} as whole
    on
        {{ same_in('part', 'whole', ['ref_area', 'scope', 'period_end', 'period_type', 'measure']) }}
        and bond.whole_indicator_code = whole.indicator_code
        and part.department_code <> whole.department_code
inner join {{ ref('units') }} as part_unit
    on part.unit_measure = part_unit.unit_measure
inner join {{ ref('units') }} as whole_unit
    on
        whole.unit_measure = whole_unit.unit_measure
        and part_unit.base_unit = whole_unit.base_unit
-- plans are set on grounds of their own
where part.measure = 'level'
