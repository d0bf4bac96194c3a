select
    indicator_code,
    name_zh,
    name_en,
    unit_measure,
    freq,
    flow_stock,
    direction,
    parent_indicator_code,
    lead_department_code,
    growth_basis,
    is_main,
    valid_from,
    valid_to
from {{ ref('indicators') }}
order by indicator_code
