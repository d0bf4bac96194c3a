-- Boilerplate is no reason, and neither are a few characters.
select
    correction.correction_id,
    correction.reason_zh
from {{ ref('corrections') }} as correction
left join {{ ref('boilerplate') }} as boilerplate
    on correction.reason_zh like '%' || boilerplate.phrase || '%'
where
    length(trim(replace(correction.reason_zh, coalesce(boilerplate.phrase, ''), '')))
    < {{ var('shortest_reason') }}
