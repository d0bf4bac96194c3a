{#
  Filled after the build, hence a view. Named without its database, so that the view still works
  where the file is attached under another name.
#}
{{ config(materialized='view') }}

select
    finding.finding_id,
    finding.place_key,
    finding.finding_key,
    finding.rule_id,
    finding.rule_name_zh,
    finding.rule_name_en,
    finding.kind,
    finding.severity,
    finding.holds,
    finding.state,
    word.name_zh as state_zh,
    finding.department_code,
    finding.submission_id,
    finding.file,
    finding.sheet,
    finding.cell,
    finding.indicator_code,
    finding.ref_area,
    finding.period_end,
    finding.value,
    finding.expected,
    finding.explanation,
    finding.explanation_accepted,
    finding.explanation_reply_zh,
    finding.explained_by,
    finding.explained_at,
    finding.explanation_submission_id,
    finding.override_by,
    finding.override_reason_zh,
    finding.overridden_on,
    finding.message_zh,
    finding.remedy_zh,
    finding.message_en,
    finding.remedy_en
from {{ source('raw', 'validation_finding').include(database=false) }} as finding
left join {{ ref('codes').include(database=false) }} as word
    on finding.state = word.code and word.list = 'finding_state'
