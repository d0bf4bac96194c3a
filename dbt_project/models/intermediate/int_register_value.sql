-- Fields of registers with a meaning; a figure is in the unit of its role where the role has one.
{{ config(materialized='view') }}

select
    entry.*,
    register.register_kind,
    coalesce(field_role.unit_measure, entry.value_unit) as unit_measure,
    case
        when field_role.unit_measure is null or entry.value_unit is null
            then {{ as_figure('entry.value_number') }}
        else {{ in_unit('entry.value_number', 'given.factor_to_base', 'wanted.factor_to_base') }}
    end as figure_value
from {{ ref('int_entry_value').include(database=false) }} as entry
inner join {{ ref('registers').include(database=false) }} as register
    on entry.layout_id = register.layout_id
left join {{ ref('register_roles').include(database=false) }} as field_role
    on
        register.register_kind = field_role.register_kind
        and entry.field_id = field_role.role
left join {{ ref('units').include(database=false) }} as wanted
    on field_role.unit_measure = wanted.unit_measure
left join {{ ref('units').include(database=false) }} as given
    on
        entry.value_unit = given.unit_measure
        and wanted.base_unit = given.base_unit
where
    entry.part_number = 1
    and not entry.is_total
