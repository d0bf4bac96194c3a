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
    basis_en,
    judged_table,
    scope,
    expectation,
    args,
    remedy_zh,
    remedy_en,
    evaluated,
    failed,
    outcome,
    note_zh,
    note_en
from {{ source('raw', 'rule_result').include(database=false) }}
