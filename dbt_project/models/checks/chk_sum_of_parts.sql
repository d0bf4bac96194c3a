-- Parts against their total in one sheet; a total that is missing is shown beside its parts.
with part as (
    select
        bond.identity_id,
        bond.whole_indicator_code,
        figure.layout_id,
        figure.department_code,
        figure.ref_area,
        figure.scope,
        figure.period_end,
        figure.period_type,
        figure.measure,
        min(bond.basis) as basis,
        min(figure.submission_id) as submission_id,
        min(figure.file) as file,
        min(figure.sheet) as sheet,
        min(figure.unit_measure) as unit_measure,
        cast(count(*) as integer) as n_parts_found,
        sum(figure.value) as parts_value,
        max(figure.last_digit) as last_digit
    from {{ ref('chk_figure') }} as figure
    inner join {{ ref('audit_identities') }} as bond
        on figure.indicator_code = bond.part_indicator_code
    inner join {{ ref('measures') }} as measure
        on figure.measure = measure.measure
    where bond.is_exhaustive and measure.unit_measure is null
    group by
        bond.identity_id, bond.whole_indicator_code, figure.layout_id,
        figure.department_code, figure.ref_area, figure.scope, figure.period_end,
        figure.period_type, figure.measure
),

expected as (
    select
        identity_id,
        cast(count(*) as integer) as n_parts_expected
    from {{ ref('audit_identities') }}
    group by identity_id
)

select
    part.identity_id,
    part.whole_indicator_code as indicator_code,
    part.ref_area,
    part.scope,
    part.period_end,
    part.period_type,
    part.measure,
    part.department_code,
    part.layout_id,
    coalesce(whole.submission_id, part.submission_id) as submission_id,
    coalesce(whole.file, part.file) as file,
    coalesce(whole.sheet, part.sheet) as sheet,
    whole.cell,
    whole.value,
    part.unit_measure,
    expected.n_parts_expected,
    part.n_parts_found,
    whole.value is null as is_total_missing,
    {{ as_figure('part.parts_value') }} as expected_value,
    {{ as_figure('whole.value - part.parts_value') }} as difference,
    {{ as_figure(
        'round('
        ~ safe_divide('whole.value - part.parts_value', '(part.n_parts_found + 1) * part.last_digit')
        ~ ', 4)'
    ) }} as digits_off_per_term,
    part.basis
from part
inner join expected on part.identity_id = expected.identity_id
left join {{ ref('chk_figure') }} as whole
    on
        part.whole_indicator_code = whole.indicator_code
        and part.layout_id = whole.layout_id
        and part.department_code = whole.department_code
        and part.ref_area = whole.ref_area
        and part.scope = whole.scope
        and part.period_end = whole.period_end
        and part.period_type = whole.period_type
        and part.measure = whole.measure
