-- What an entry that counts says in each field, beside what it said in its last two listings.
with given as (
    select
        field_value.submission_id,
        field_value.layout_id,
        field_value.register_kind,
        field_value.department_code,
        field_value.period_end,
        listed.report_year,
        entry.file,
        field_value.sheet,
        field_value.cell,
        field_value.entry_number,
        field_value.entry_key,
        entry.entry_name,
        field_value.field_id,
        field_value.column_label,
        field_value.value_text,
        field_value.figure_value,
        field_value.unit_measure,
        field_value.value_date,
        case
            when field_value.missing_kind is not null then null
            when field_value.value_code is not null then field_value.value_code
            when field_value.value_date is not null then cast(field_value.value_date as varchar)
            when field_value.figure_value is not null
                then coalesce(field_value.operator, '') || cast(field_value.figure_value as varchar)
            else {{ work_name('field_value.value_text') }}
        end as said
    from {{ ref('int_register_listed') }} as listed
    inner join {{ ref('int_register_entry') }} as entry
        on
            listed.layout_id = entry.layout_id
            and listed.department_code = entry.department_code
            and listed.period_end = entry.period_end
            and listed.entry_number = entry.entry_number
            and entry.is_current
    inner join {{ ref('int_register_value') }} as field_value
        on
            entry.submission_id = field_value.submission_id
            and entry.layout_id = field_value.layout_id
            and entry.entry_number = field_value.entry_number
)

select
    *,
    lag(period_end) over listings as previous_period_end,
    lag(report_year) over listings as previous_year,
    lag(said) over listings as previous_said,
    lag(value_text) over listings as previous_text,
    lag(cell) over listings as previous_cell,
    lag(said, 2) over listings as said_before_that
from given
window listings as (
    partition by layout_id, department_code, entry_name, field_id
    order by period_end
)
