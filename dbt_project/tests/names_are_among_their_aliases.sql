-- The official names must be found on sheets like every other name.
select area.name_zh
from {{ ref('areas') }} as area
left join {{ ref('area_aliases') }} as alias
    on area.name_zh = alias.alias and area.ref_area = alias.ref_area
where alias.alias is null
union all
select department.name_zh
from {{ ref('departments') }} as department
left join {{ ref('department_aliases') }} as alias
    on department.name_zh = alias.alias and department.department_code = alias.department_code
where alias.alias is null
