{#
  Filled after the build, hence a view. Named without its database, so that the view still works
  where the file is attached under another name.
#}
{{ config(materialized='view') }}

select
    finding_id,
    rule_id,
    rule_name_zh,
    kind,
    severity,
    holds,
    department_code,
    submission_id,
    file,
    sheet,
    cell,
    indicator_code,
    ref_area,
    period_end,
    value,
    expected,
    cast(null as varchar) as explanation,
    cast(null as boolean) as explanation_accepted,
    message_zh,
    remedy_zh
from {{ source('raw', 'validation_finding').include(database=false) }}
