select
    indicator_code,
    ref_area,
    scope,
    period_end,
    period_type,
    measure,
    department_code,
    layout_id,
    vintage_number,
    obs_value,
    unit_measure,
    obs_status,
    missing_kind,
    growth_basis,
    submission_id,
    file,
    sheet,
    cell,
    cell_value,
    cell_unit,
    value_text,
    known_from,
    known_to,
    known_to is null as is_latest
from {{ ref('int_observation_vintage') }}
order by
    indicator_code, ref_area, scope, period_end, period_type, measure,
    department_code, layout_id, vintage_number
