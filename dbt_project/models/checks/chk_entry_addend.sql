-- Figures of registers that may be added up, in total rows too, between the total rows around them.
select
    entry.submission_id,
    entry.layout_id,
    entry.department_code,
    entry.period_end,
    submission.file,
    entry.sheet,
    entry.cell,
    entry.row_number,
    entry.entry_number,
    entry.entry_key,
    entry.section,
    entry.is_total,
    entry.field_id,
    entry.column_label,
    entry.value_unit as unit_measure,
    unit.factor_to_base,
    case when entry.operator is null and entry.value_high is null then entry.value_number end as value,
    digit.last_digit,
    digit.is_counted,
    max(case when entry.is_total then entry.row_number end) over (
        partition by entry.submission_id, entry.layout_id, entry.sheet, entry.field_id
        order by entry.row_number rows between unbounded preceding and 1 preceding
    ) as total_row_above,
    min(case when entry.is_total then entry.row_number end) over (
        partition by entry.submission_id, entry.layout_id, entry.sheet, entry.field_id
        order by entry.row_number rows between 1 following and unbounded following
    ) as total_row_below
from {{ ref('int_entry_value') }} as entry
inner join {{ ref('registers') }} as register
    on entry.layout_id = register.layout_id
inner join {{ ref('audit_entry_sums') }} as adds
    on
        register.register_kind = adds.register_kind
        and entry.field_id = adds.field_id
inner join {{ ref('stg_submission') }} as submission
    on entry.submission_id = submission.submission_id
inner join {{ ref('audit_precision') }} as digit
    on entry.value_unit = digit.unit_measure
inner join {{ ref('units') }} as unit
    on entry.value_unit = unit.unit_measure
where entry.is_current and entry.part_number = 1
