-- "All items": one that has failed, is overdue or stands still decides against the target whatever is
-- missing; it is met only when every item is known to have reached its stage.
with item as (
    select
        *,
        row_number() over (
            partition by target_id, period_end
            order by
                case when no_data_reason is null then 0 else 1 end,
                case state
                    when 'failed' then 1 when 'overdue' then 2 when 'stalled' then 3 when 'done' then 5 else 4
                end,
                item_order
        ) as worst_first,
        row_number() over (
            partition by target_id, period_end
            order by case when no_data_reason is null then 1 else 0 end, item_order
        ) as missing_first
    from {{ ref('int_target_item') }}
),

counted as (
    select
        target_id,
        period_end,
        max(case when is_final then 1 else 0 end) as n_final,
        count(*) as n_items,
        count(case when state = 'done' then 1 end) as n_done,
        count(case when is_due then 1 end) as n_due,
        count(no_data_reason) as n_missing,
        count(case when state in ('failed', 'overdue', 'stalled') then 1 end) as n_held_up,
        count(case when state = 'failed' then 1 end) as n_failed
    from item
    group by target_id, period_end
),

judged as (
    select
        *,
        case
            when n_done = n_items then true
            when n_held_up > 0 or n_missing = 0 then false
            when n_final = 1 and n_done + n_missing < n_items then false
        end as is_satisfied
    from counted
)

select
    judged.target_id,
    judged.period_end,
    judged.n_items,
    judged.n_done,
    judged.n_due,
    judged.n_missing,
    judged.is_satisfied,
    judged.n_held_up > 0 as is_held_up,
    judged.n_failed > 0 as is_failed,
    case when judged.is_satisfied is not null then cast(judged.n_done as decimal(24, 6)) end as actual_value,
    case when judged.is_satisfied is null then missing.no_data_reason end as no_data_reason,
    worst.department_code,
    worst.submission_id,
    worst.file,
    worst.sheet,
    worst.cell,
    worst.received_at as known_from
from judged
inner join item as worst
    on
        judged.target_id = worst.target_id
        and judged.period_end = worst.period_end
        and worst.worst_first = 1
inner join item as missing
    on
        judged.target_id = missing.target_id
        and judged.period_end = missing.period_end
        and missing.missing_first = 1
