select
    indicator_code,
    ref_area,
    scope,
    period_end,
    period_type,
    measure,
    obs_value,
    unit_measure,
    obs_status,
    missing_kind,
    growth_basis,
    department_code,
    layout_id,
    submission_id,
    file,
    sheet,
    cell,
    cell_value,
    cell_unit,
    value_text,
    known_from
from {{ ref('int_observation_chosen') }}
order by indicator_code, ref_area, scope, period_end, period_type, measure
