-- Projects that the work report asks a stage of.
select
    item.layout_id,
    item.entry_name,
    target.report_year,
    max(reached.stage_order) as required_order
from {{ ref('target_items') }} as item
inner join {{ ref('targets') }} as target
    on item.target_id = target.target_id
inner join {{ ref('work_stages') }} as reached
    on item.required_stage = reached.stage
group by item.layout_id, item.entry_name, target.report_year
