select
    department_code,
    name_zh,
    name_en,
    short_name_zh,
    valid_from,
    valid_to
from {{ ref('departments') }}
order by department_code
