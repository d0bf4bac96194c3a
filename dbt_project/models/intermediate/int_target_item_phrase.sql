-- The named items of a target in words: those that are not at their stage, and those without data.
{% set open = "case when state <> 'no_data' and not is_done then open_zh end" %}
{% set missing = "case when state = 'no_data' then missing_zh end" %}
with item as (
    select
        item.*,
        item.entry_name || '(' || reason.name_zh || coalesce(':' || item.stage_text, '') || ')' as missing_zh,
        item.entry_name || '(' || case
            when item.state = 'overdue' then {{ joined(
                'item_state.name_zh', "',应于'", 'cast(item.due_date as varchar)', "'前'", 'required.name_zh', "','"
            ) }}
            -- the department's own word follows where it names no stage
            when item.stall_basis = 'word' and item.stage is not null
                then {{ joined('item_state.name_zh', "','") }}
            when item.stall_basis = 'unchanged' then {{ joined(
                'item_state.name_zh', "',连续'", 'cast(item.n_unchanged as varchar)', "'期无变化,'"
            ) }}
            else ''
        end || coalesce('现' || reached.name_zh || ':', '') || item.stage_text || ')' as open_zh
    from {{ ref('int_target_item') }} as item
    inner join {{ ref('codes') }} as item_state
        on item.state = item_state.code and item_state.list = 'milestone_state'
    inner join {{ ref('work_stages') }} as required
        on item.required_stage = required.stage
    left join {{ ref('work_stages') }} as reached
        on item.stage = reached.stage
    left join {{ ref('codes') }} as reason
        on item.no_data_reason = reason.code and reason.list = 'no_data_reason'
)

select
    target_id,
    period_end,
    {{ string_agg(open, "'、'", 'item_order') }} as open_zh,
    {{ string_agg(missing, "'、'", 'item_order') }} as missing_zh
from item
group by target_id, period_end
