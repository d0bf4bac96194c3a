-- The stage of each named item at each period, or why it is not known.
-- A register all of whose files the audit holds was submitted: its items say so.
with held as (
    select distinct
        layout_id,
        period_end
    from {{ ref('fct_reporting_duty') }}
    where state = 'held'
)

select
    item.*,
    said.stage,
    said.stage_order,
    said.share_pct,
    coalesce(said.is_started, false) as is_started,
    coalesce(said.is_failed, false) as is_failed,
    coalesce(said.is_stalled, false) as is_said_stalled,
    said.stage is not null and not said.is_failed and said.stage_order >= required.stage_order as is_done,
    item.due_date <= item.period_end as is_due,
    case
        when said.stage is not null or said.is_stalled then null
        when not item.is_reached then 'not_reached'
        when not item.is_owed then 'not_due'
        when not item.is_received and held.layout_id is not null then 'held'
        when not item.is_received then 'not_submitted'
        when not item.is_listed then 'not_listed'
        -- "—": the department has nothing to say of it yet
        when item.stage_missing_kind = 'not_applicable' then 'not_due'
        when item.stage_missing_kind is not null or item.stage_text is null then 'not_submitted'
        else 'unknown_stage'
    end as no_data_reason
from {{ ref('int_target_item_entry') }} as item
inner join {{ ref('work_stages') }} as required
    on item.required_stage = required.stage
left join {{ ref('int_work_stage') }} as said
    on
        item.submission_id = said.submission_id
        and item.layout_id = said.layout_id
        and item.entry_number = said.entry_number
left join held
    on
        item.layout_id = held.layout_id
        and item.period_end = held.period_end
