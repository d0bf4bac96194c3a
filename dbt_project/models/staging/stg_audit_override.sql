-- The book of overrides as it stood on the day that is built.
select
    finding_id,
    rule_id,
    reason_zh,
    author,
    decided_on,
    case when {{ known_then('withdrawn_on') }} then withdrawn_on end as withdrawn_on
from {{ ref('audit_overrides') }}
where {{ known_then('decided_on') }}
