{% set columns = [
    'target_id', 'period_end', 'actual_value', 'no_data_reason', 'department_code', 'submission_id',
    'file', 'sheet', 'cell', 'known_from',
] %}
{% set figure = ['cell_value', 'cell_unit', 'obs_status'] %}
select
    {{ (columns + figure) | join(', ') }},
    cast(null as decimal(24, 6)) as base_value,
    cast(null as boolean) as is_satisfied_by_components,
    cast(null as boolean) as is_held_up,
    cast(null as boolean) as is_failed
from {{ ref('int_target_actual_measured') }}
where judged_by = 'figure'

union all

select
    {{ (columns + figure) | join(', ') }},
    base_value,
    cast(null as boolean) as is_satisfied_by_components,
    cast(null as boolean) as is_held_up,
    cast(null as boolean) as is_failed
from {{ ref('int_target_actual_change') }}

union all

select
    {{ (columns + figure) | join(', ') }},
    cast(null as decimal(24, 6)) as base_value,
    is_satisfied as is_satisfied_by_components,
    cast(null as boolean) as is_held_up,
    cast(null as boolean) as is_failed
from {{ ref('int_target_actual_relative') }}

union all

select
    {{ columns | join(', ') }},
    cast(null as decimal(28, 8)) as cell_value,
    cast(null as varchar) as cell_unit,
    cast(null as varchar) as obs_status,
    cast(null as decimal(24, 6)) as base_value,
    is_satisfied as is_satisfied_by_components,
    is_held_up,
    is_failed
from {{ ref('int_target_actual_items') }}
