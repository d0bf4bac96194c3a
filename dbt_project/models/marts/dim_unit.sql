select
    unit_measure,
    name_en,
    dimension,
    base_unit,
    factor_to_base,
    difference_unit,
    sdmx_code,
    sdmx_unit_mult
from {{ ref('units') }}
order by unit_measure
