select
    ref_area,
    name_zh,
    name_en,
    area_type,
    parent_ref_area,
    managed_by,
    is_zone,
    is_peer,
    valid_from,
    valid_to
from {{ ref('areas') }}
order by ref_area
