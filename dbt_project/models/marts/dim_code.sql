select
    list as code_list,
    code,
    name_zh,
    name_en,
    sort_order
from {{ ref('codes') }}
order by list, sort_order, code
