-- What a judgement of named items rests on: the cell of each one's stage, in the department's words.
select
    item.target_id,
    item.period_end,
    item.item_order,
    'item' as evidence_role,
    item.entry_name as subject_zh,
    cast(null as varchar) as indicator_code,
    target.ref_area,
    target.scope,
    target.period_type,
    target.measure,
    item.period_end as figure_period_end,
    cast(null as decimal(24, 6)) as obs_value,
    cast(null as varchar) as unit_measure,
    case when item.no_data_reason is null then 'A' else 'O' end as obs_status,
    case when item.no_data_reason is not null then coalesce(item.stage_missing_kind, 'text') end
        as missing_kind,
    item.department_code,
    item.layout_id,
    item.submission_id,
    item.file,
    item.sheet,
    item.cell,
    item.stage_text as value_text,
    cast(null as decimal(28, 8)) as cell_value,
    cast(null as varchar) as cell_unit,
    cast(null as varchar) as correction_id,
    item.received_at as known_from
from {{ ref('int_target_item') }} as item
inner join {{ ref('int_target_period') }} as target
    on
        item.target_id = target.target_id
        and item.period_end = target.period_end
where item.is_listed
