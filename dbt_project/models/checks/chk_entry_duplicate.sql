-- Each entry that counts, beside the first entry of the same name in the same table.
with worded as (
    select
        submission_id,
        layout_id,
        entry_number,
        {{ string_agg(
            "field_id || '=' || coalesce(" ~ work_name('value_text') ~ ", '')", "'|'", 'field_id'
        ) }} as contents
    from {{ ref('int_register_value') }}
    where is_current
    group by submission_id, layout_id, entry_number
),

entry as (
    select
        entry.layout_id,
        entry.department_code,
        entry.entry_key,
        entry.entry_name,
        entry.entry_number,
        entry.period_end,
        entry.submission_id,
        entry.file,
        entry.sheet,
        coalesce(entry.case_number_cell, entry.name_cell) as cell,
        case when entry.case_number_cell is null then 'name' else 'case_number' end as field_id,
        worded.contents
    from {{ ref('int_register_entry') }} as entry
    inner join worded
        on
            entry.submission_id = worded.submission_id
            and entry.layout_id = worded.layout_id
            and entry.entry_number = worded.entry_number
    where entry.is_current and entry.entry_name is not null
),

beside as (
    select
        *,
        row_number() over (
            partition by submission_id, layout_id, entry_name order by entry_number
        ) as occurrence,
        first_value(cell) over (
            partition by submission_id, layout_id, entry_name order by entry_number
        ) as first_cell,
        first_value(contents) over (
            partition by submission_id, layout_id, entry_name order by entry_number
        ) as first_contents
    from entry
)

select
    layout_id,
    department_code,
    entry_key,
    entry_name,
    cast(entry_number as integer) as entry_number,
    field_id,
    period_end,
    submission_id,
    file,
    sheet,
    cell,
    entry_name as value,
    cast(occurrence as integer) as occurrence,
    first_cell,
    occurrence > 1 and contents = first_contents as is_repeated,
    occurrence > 1 and contents <> first_contents as is_namesake
from beside
