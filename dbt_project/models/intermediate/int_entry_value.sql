{#
  A ledger may have millions of values: a view keeps them once in the warehouse. Named without
  its database, so that the view still works where the file is attached under another name.
#}
{{ config(materialized='view') }}

select
    entry.submission_id,
    entry.department_code,
    entry.layout_id,
    entry.period_end,
    status.is_current,
    entry.sheet,
    entry.entry_number,
    entry.entry_key,
    entry.section,
    entry.is_total,
    entry.field_id,
    entry.column_label,
    entry.field_type,
    entry.part_number,
    entry.value_text,
    case
        when correction.correction_id is null then entry.value_number
        else correction.new_value
    end as value_number,
    entry.value_high,
    entry.operator,
    entry.value_unit,
    entry.value_per,
    entry.value_date,
    entry.value_code,
    case
        when correction.correction_id is null then entry.obs_status
        when correction.new_value is null then 'O'
        else entry.obs_status
    end as obs_status,
    case
        when correction.correction_id is null then entry.missing_kind
        when correction.new_value is null then 'withdrawn'
    end as missing_kind,
    correction.correction_id,
    case when correction.correction_id is not null then entry.value_number end as uncorrected_number,
    entry.cell,
    entry.row_number,
    entry.column_number
from {{ source('raw', 'entry_value').include(database=false) }} as entry
inner join {{ ref('int_entry_status').include(database=false) }} as status
    on
        entry.submission_id = status.submission_id
        and entry.layout_id = status.layout_id
left join {{ ref('int_correction').include(database=false) }} as correction
    on
        entry.submission_id = correction.submission_id
        and entry.layout_id = correction.layout_id
        and entry.sheet = correction.sheet
        and entry.cell = correction.cell
        and entry.entry_number = correction.entry_number
        and entry.field_id = correction.field_id
        and correction.state = 'applied'
        and entry.part_number = 1
