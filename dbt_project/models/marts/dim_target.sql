select
    target.target_id,
    target.report_year,
    target.ref_area,
    target.section,
    target.item,
    target.name_zh,
    target.name_en,
    phrase.demand_zh,
    target.kind,
    target.indicator_code,
    target.period_type,
    target.measure,
    target.scope,
    target.operator,
    target.direction,
    target.target_value,
    target.tolerance,
    target.tolerance_unit,
    target.unit_measure,
    target.strength,
    target.path_method,
    target.light_rule,
    target.lead_department_code,
    target.source_section,
    target.proxy_zh,
    target.note
from {{ ref('targets') }} as target
inner join {{ ref('int_target_phrase') }} as phrase
    on target.target_id = phrase.target_id
order by target.target_id
