{% set columns = [
    'target_id', 'period_end', 'actual_value', 'no_data_reason', 'department_code',
    'submission_id', 'file', 'sheet', 'cell', 'cell_value', 'cell_unit', 'obs_status', 'known_from',
] | join(', ') %}
select {{ columns }}, cast(null as boolean) as is_satisfied_by_components
from {{ ref('int_target_actual_measured') }}
union all
select {{ columns }}, is_satisfied as is_satisfied_by_components
from {{ ref('int_target_actual_relative') }}
