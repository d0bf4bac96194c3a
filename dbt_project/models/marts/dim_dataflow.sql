select
    dataflow_id,
    data_structure_id,
    sdmx_version,
    agency_id,
    agency_zh,
    agency_en,
    name_zh,
    name_en
from {{ ref('dataflows') }}
order by dataflow_id
