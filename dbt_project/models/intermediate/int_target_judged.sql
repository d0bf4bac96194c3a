with judged as (
    select
        target.target_id,
        target.period_end,
        distance.margin,
        distance.is_held_up,
        distance.is_failed,
        rule.yellow_from_pp,
        rule.red_from_pp,
        case
            when distance.is_met is null then 'no_data'
            when target.is_final then case when distance.is_met then 'met' else 'missed' end
            -- a cumulative level that has passed its target cannot fall back
            when target.has_path and target.better = 'higher' and distance.is_met then 'met'
            when distance.is_held_up then 'behind'
            when target.has_path and distance.margin >= rule.ahead_pp then 'ahead'
            when target.has_path and distance.margin >= 0 then 'on_path'
            when target.has_path then 'behind'
            when distance.is_met and distance.margin >= rule.ahead_pp then 'ahead'
            when distance.is_met then 'on_path'
            else 'behind'
        end as status
    from {{ ref('int_target_period') }} as target
    inner join {{ ref('int_target_distance') }} as distance
        on
            target.target_id = distance.target_id
            and target.period_end = distance.period_end
    inner join {{ ref('light_rules') }} as rule
        on target.light_rule = rule.light_rule
)

select
    target_id,
    period_end,
    status,
    case
        when status = 'no_data' then 'none'
        when status in ('met', 'ahead', 'on_path') then 'green'
        when status = 'missed' then 'red'
        when is_failed then 'red'
        when -margin < yellow_from_pp and not coalesce(is_held_up, false) then 'green'
        when -margin < red_from_pp then 'yellow'
        else 'red'
    end as light
from judged
