select
    target.target_id,
    target.period_end,
    target.judged_by,
    observation.obs_value as actual_value,
    case
        when observation.obs_value is not null then null
        when not target.is_reached then 'not_reached'
        when not target.is_due then 'not_due'
        when observation.obs_status = 'M' then 'not_observable'
        when observation.obs_status = 'N' then 'less_than_unit'
        when held.indicator_code is not null then 'held'
        else 'not_submitted'
    end as no_data_reason,
    observation.department_code,
    observation.submission_id,
    observation.file,
    observation.sheet,
    observation.cell,
    observation.cell_value,
    observation.cell_unit,
    observation.obs_status,
    observation.known_from
from {{ ref('int_target_period') }} as target
left join {{ ref('int_observation_chosen') }} as observation
    on
        target.indicator_code = observation.indicator_code
        and target.ref_area = observation.ref_area
        and target.scope = observation.scope
        and target.period_end = observation.period_end
        and target.period_type = observation.period_type
        and target.measure = observation.measure
left join {{ ref('int_held_figure') }} as held
    on
        target.indicator_code = held.indicator_code
        and target.ref_area = held.ref_area
        and target.scope = held.scope
        and target.period_end = held.period_end
        and target.period_type = held.period_type
        and target.measure = held.measure
where target.indicator_code is not null
