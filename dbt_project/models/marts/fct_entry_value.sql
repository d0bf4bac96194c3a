{#
  A ledger may have millions of values: a view keeps them once in the warehouse. Named without
  its database, so that the view still works where the file is attached under another name.
#}
{{ config(materialized='view') }}

select
    submission_id,
    department_code,
    layout_id,
    period_end,
    is_current,
    sheet,
    entry_number,
    entry_key,
    section,
    is_total,
    field_id,
    column_label,
    field_type,
    part_number,
    value_text,
    value_number,
    value_high,
    operator,
    value_unit,
    value_per,
    value_date,
    value_code,
    obs_status,
    missing_kind,
    correction_id,
    uncorrected_number,
    cell,
    row_number,
    column_number
from {{ ref('int_entry_value').include(database=false) }}
