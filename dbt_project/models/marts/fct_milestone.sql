select
    item.target_id,
    item.item_order,
    item.period_end,
    item.entry_name as item_zh,
    item.layout_id,
    item.stage,
    reached.name_zh as stage_zh,
    item.share_pct,
    item.stage_text,
    item.required_stage,
    required.name_zh as required_stage_zh,
    item.plan_value,
    item.done_value,
    item.done_unit as unit_measure,
    item.due_date,
    item.is_due,
    item.is_done,
    item.is_overdue,
    item.is_stalled,
    item.stall_basis,
    item.n_unchanged,
    item.state,
    item_state.name_zh as state_zh,
    item.no_data_reason,
    reason.name_zh as no_data_reason_zh,
    item.lead_department_code,
    item.department_code,
    item.submission_id,
    item.file,
    item.sheet,
    item.cell,
    item.received_at as known_from
from {{ ref('int_target_item') }} as item
inner join {{ ref('codes') }} as item_state
    on item.state = item_state.code and item_state.list = 'milestone_state'
inner join {{ ref('work_stages') }} as required
    on item.required_stage = required.stage
left join {{ ref('work_stages') }} as reached
    on item.stage = reached.stage
left join {{ ref('codes') }} as reason
    on item.no_data_reason = reason.code and reason.list = 'no_data_reason'
order by item.target_id, item.item_order, item.period_end
