-- Each figure that another sheet reports too and that is not the one in use, beside the one in use.
select
    other.indicator_code,
    other.ref_area,
    other.scope,
    other.period_end,
    other.period_type,
    other.measure,
    other.department_code,
    other.layout_id,
    other.submission_id,
    other.file,
    other.sheet,
    other.cell,
    other.value,
    other.unit_measure,
    used.value as expected_value,
    used.department_code as used_department_code,
    used.file as used_file,
    used.sheet as used_sheet,
    used.cell as used_cell,
    other.department_code <> used.department_code as is_cross_department,
    {{ as_figure('other.value - used.value') }} as difference,
    -- the coarser of the two sheets sets the digit that can be compared
    {{ as_figure(
        'round('
        ~ safe_divide('other.value - used.value', 'greatest(other.last_digit, used.last_digit)')
        ~ ', 4)'
    ) }} as digits_off
from {{ ref('fct_observation') }} as observed
inner join {{ ref('chk_figure') }} as used
    on
        observed.indicator_code = used.indicator_code
        and observed.ref_area = used.ref_area
        and observed.scope = used.scope
        and observed.period_end = used.period_end
        and observed.period_type = used.period_type
        and observed.measure = used.measure
        and observed.submission_id = used.submission_id
        and observed.sheet = used.sheet
        and observed.cell = used.cell
inner join {{ ref('chk_figure') }} as other
    on
        observed.indicator_code = other.indicator_code
        and observed.ref_area = other.ref_area
        and observed.scope = other.scope
        and observed.period_end = other.period_end
        and observed.period_type = other.period_type
        and observed.measure = other.measure
        and used.layout_id <> other.layout_id
