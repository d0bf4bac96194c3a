{#
  Findings are filled in after the build, hence a view. Named without its database, so that the
  view still works where the file is attached under another name.
#}
{{ config(materialized='view') }}

with stood as (
    select
        decided.finding_id,
        decided.rule_id,
        case
            when decided.withdrawn_on is not null then 'withdrawn'
            when finding.finding_id is null then 'no_finding'
            else 'in_force'
        end as state,
        decided.reason_zh,
        decided.author,
        decided.decided_on,
        decided.withdrawn_on,
        finding.department_code,
        finding.submission_id,
        finding.file,
        finding.sheet,
        finding.cell,
        finding.period_end,
        finding.value,
        finding.message_zh
    from {{ ref('stg_audit_override').include(database=false) }} as decided
    left join {{ source('raw', 'validation_finding').include(database=false) }} as finding
        on decided.finding_id = finding.finding_id and decided.rule_id = finding.rule_id
)

select
    stood.finding_id,
    stood.rule_id,
    stood.state,
    word.name_zh as state_zh,
    stood.reason_zh,
    stood.author,
    stood.decided_on,
    stood.withdrawn_on,
    stood.department_code,
    stood.submission_id,
    stood.file,
    stood.sheet,
    stood.cell,
    stood.period_end,
    stood.value,
    stood.message_zh
from stood
inner join {{ ref('codes').include(database=false) }} as word
    on stood.state = word.code and word.list = 'override_state'
