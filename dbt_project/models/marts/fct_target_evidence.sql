{% set shared = [
    'target_id', 'period_end', 'item_order', 'evidence_role', 'subject_zh', 'indicator_code', 'ref_area',
    'scope', 'period_type', 'measure', 'figure_period_end', 'obs_value', 'unit_measure', 'obs_status',
    'missing_kind', 'department_code', 'layout_id', 'submission_id', 'file', 'sheet', 'cell', 'value_text',
    'cell_value', 'cell_unit', 'correction_id', 'known_from',
] | join(', ') %}
with evidence as (
    select {{ shared }}
    from {{ ref('int_target_evidence_figure') }}
    union all
    select {{ shared }}
    from {{ ref('int_target_evidence_item') }}
)

select {{ shared }}
from evidence
order by target_id, period_end, item_order, evidence_role
