select
    target.target_id,
    target.period_end,
    target.report_year,
    target.ref_area,
    target.indicator_code,
    target.measure,
    target.operator,
    target.is_final,
    actual.actual_value,
    actual.base_value,
    target.target_value,
    target.unit_measure,
    distance.completion_pct,
    distance.expected_pct_planned,
    distance.expected_pct_seasonal,
    distance.expected_pct_linear,
    distance.gap,
    distance.gap_unit,
    rest.remaining_value,
    rest.required_rest_value,
    case when rest.required_rest_value is not null then '{{ var("percent_unit") }}' end
        as required_rest_unit,
    distance.is_met,
    judged.status,
    status.name_zh as status_zh,
    judged.light,
    light.name_zh as light_zh,
    actual.no_data_reason,
    reason.name_zh as no_data_reason_zh,
    working.working,
    actual.department_code,
    actual.submission_id,
    actual.file,
    actual.sheet,
    actual.cell,
    actual.cell_value,
    actual.cell_unit,
    actual.obs_status,
    actual.known_from
from {{ ref('int_target_period') }} as target
inner join {{ ref('int_target_actual') }} as actual
    on
        target.target_id = actual.target_id
        and target.period_end = actual.period_end
inner join {{ ref('int_target_distance') }} as distance
    on
        target.target_id = distance.target_id
        and target.period_end = distance.period_end
inner join {{ ref('int_target_judged') }} as judged
    on
        target.target_id = judged.target_id
        and target.period_end = judged.period_end
inner join {{ ref('int_target_working') }} as working
    on
        target.target_id = working.target_id
        and target.period_end = working.period_end
left join {{ ref('int_target_rest') }} as rest
    on
        target.target_id = rest.target_id
        and target.period_end = rest.period_end
inner join {{ ref('codes') }} as status
    on judged.status = status.code and status.list = 'status'
inner join {{ ref('codes') }} as light
    on judged.light = light.code and light.list = 'light'
left join {{ ref('codes') }} as reason
    on actual.no_data_reason = reason.code and reason.list = 'no_data_reason'
order by target.target_id, target.period_end
