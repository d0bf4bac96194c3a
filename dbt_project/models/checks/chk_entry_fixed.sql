-- Each field of an entry that should stay as it was, beside what it was in the listing before.
select
    given.layout_id,
    given.department_code,
    given.entry_key,
    given.entry_name,
    given.field_id,
    given.column_label,
    given.period_end,
    given.submission_id,
    given.file,
    given.sheet,
    given.cell,
    given.value_text as value,
    given.previous_text as expected_value,
    given.previous_cell,
    given.previous_period_end,
    -- a field that goes back to what it was shows that the listing between them was wrong
    coalesce(
        given.said <> given.previous_said and given.said <> coalesce(given.said_before_that, ''),
        false
    ) as is_changed,
    given.said is null and given.previous_said is not null as is_emptied,
    stays.basis
from {{ ref('int_entry_beside') }} as given
inner join {{ ref('audit_entry_fields') }} as stays
    on
        given.register_kind = stays.register_kind
        and given.field_id = stays.field_id
where
    given.previous_period_end is not null
    and (not stays.is_within_year or given.report_year = given.previous_year)
