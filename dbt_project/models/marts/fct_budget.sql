select
    item.ref_area,
    item.indicator_code,
    indicator.name_zh as indicator_zh,
    item.period_end,
    item.budget_side,
    side.name_zh as budget_side_zh,
    item.budget_part,
    part.name_zh as budget_part_zh,
    item.obs_value,
    item.unit_measure,
    item.plan_value,
    item.completion_pct,
    {{ as_pct('item.reported_completion') }} as reported_completion_pct,
    {{ as_pct('item.reported_completion - item.completion_pct') }} as difference_pp,
    item.expected_pct_seasonal,
    item.expected_pct_linear,
    {{ as_pct('item.growth') }} as growth_pct,
    item.growth_basis,
    item.last_year_value,
    item.change_pct,
    item.whole_indicator_code,
    item.whole_value,
    item.share_pct,
    {{ as_pct('item.cut_target_value') }} as cut_target_pct,
    case when item.cut_target_value is not null then {{ as_pct('-item.change_pct') }} end as cut_pct,
    {{ as_pct('-item.change_pct - item.cut_target_value') }} as cut_gap_pp,
    item.state,
    state.name_zh as state_zh,
    item.department_code,
    item.submission_id,
    item.file,
    item.sheet,
    item.cell
from {{ ref('int_budget_judged') }} as item
inner join {{ ref('dim_indicator') }} as indicator
    on item.indicator_code = indicator.indicator_code
inner join {{ ref('codes') }} as side
    on item.budget_side = side.code and side.list = 'budget_side'
inner join {{ ref('codes') }} as part
    on item.budget_part = part.code and part.list = 'budget_part'
inner join {{ ref('codes') }} as state
    on item.state = state.code and state.list = 'budget_state'
order by item.ref_area, item.sort_order, item.period_end
