{#
  Filled after the build, hence a view. Named without its database, so that the view still works
  where the file is attached under another name.
#}
{{ config(materialized='view') }}

select
    rule_id,
    name_zh,
    name_en,
    kind,
    kind_zh,
    severity,
    holds,
    basis,
    evaluated,
    failed,
    outcome
from {{ source('raw', 'rule_result').include(database=false) }}
