{% set earlier = 'over (partition by target_id, item_order order by period_end)' %}
-- A work under way stands still where the sheet says so, or where its stage and its figure are those
-- of the period before for several periods running. Without a figure nobody can say that.
with compared as (
    select
        *,
        case
            when
                is_started and not is_done
                and stage = lag(stage) {{ earlier }}
                and done_value = lag(done_value) {{ earlier }}
                then 0
            else 1
        end as is_changed
    from {{ ref('int_target_item_stage') }}
),

numbered as (
    select
        *,
        sum(is_changed) {{ earlier }} as run
    from compared
),

counted as (
    select
        *,
        cast(row_number() over (
            partition by target_id, item_order, run
            order by period_end
        ) - 1 as integer) as n_unchanged
    from numbered
),

gauged as (
    select
        counted.*,
        case
            when counted.is_done or counted.is_failed then null
            when counted.is_said_stalled then 'word'
            when counted.n_unchanged >= rule.stalled_after_periods then 'unchanged'
        end as stall_basis,
        counted.no_data_reason is null and counted.is_due and not counted.is_done as is_overdue
    from counted
    inner join {{ ref('int_target_period') }} as target
        on
            counted.target_id = target.target_id
            and counted.period_end = target.period_end
    inner join {{ ref('light_rules') }} as rule
        on target.light_rule = rule.light_rule
)

select
    gauged.*,
    gauged.stall_basis is not null as is_stalled,
    case
        when gauged.no_data_reason is not null then 'no_data'
        when gauged.is_done then 'done'
        when gauged.is_failed then 'failed'
        when gauged.is_overdue then 'overdue'
        when gauged.stall_basis is not null then 'stalled'
        when gauged.is_started then 'on_schedule'
        else 'not_due'
    end as state
from gauged
