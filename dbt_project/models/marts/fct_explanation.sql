{#
  Filled after the build, hence a view. Named without its database, so that the view still works
  where the file is attached under another name.
#}
{{ config(materialized='view') }}

select
    said.submission_id,
    said.department_code,
    said.file,
    said.sheet,
    said.cell,
    said.received_at,
    said.finding_key,
    said.place_key,
    said.finding_id,
    said.rule_id,
    said.explanation,
    said.explained_by,
    said.outcome,
    word.name_zh as outcome_zh,
    said.reply_zh,
    said.reply_en
from {{ source('raw', 'explanation').include(database=false) }} as said
left join {{ ref('codes').include(database=false) }} as word
    on said.outcome = word.code and word.list = 'explanation_outcome'
