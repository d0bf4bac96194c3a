-- Each level of the whole administrative area beside that of the own jurisdiction in one sheet.
select
    wide.indicator_code,
    wide.ref_area,
    wide.scope,
    wide.period_end,
    wide.period_type,
    wide.measure,
    wide.department_code,
    wide.layout_id,
    wide.submission_id,
    wide.file,
    wide.sheet,
    wide.cell,
    wide.value,
    wide.unit_measure,
    narrow.value as expected_value,
    narrow.cell as narrow_cell,
    {{ as_figure('wide.value - narrow.value') }} as difference
from {{ ref('chk_figure') }} as wide
inner join {{ ref('chk_figure') }} as narrow
    on
        wide.indicator_code = narrow.indicator_code
        and wide.ref_area = narrow.ref_area
        and wide.period_end = narrow.period_end
        and wide.period_type = narrow.period_type
        and wide.measure = narrow.measure
        and wide.department_code = narrow.department_code
        and wide.layout_id = narrow.layout_id
where
    wide.scope = 'administrative'
    and narrow.scope = 'jurisdiction'
    and wide.measure = 'level'
