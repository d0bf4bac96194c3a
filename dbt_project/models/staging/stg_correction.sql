-- The book of corrections as it stood on the day that is built.
select
    correction_id,
    department_code,
    time_period,
    layout_id,
    file,
    sheet,
    cell,
    figure,
    old_value,
    new_value,
    value_unit,
    reason_zh,
    source,
    author,
    entered_on,
    case when {{ known_then('withdrawn_on') }} then withdrawn_on end as withdrawn_on
from {{ ref('corrections') }}
where {{ known_then('entered_on') }}
