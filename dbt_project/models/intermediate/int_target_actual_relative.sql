-- "All above": one component that is not above decides against the target whatever is missing;
-- it holds only when every component due at the period is there and above.
with component as (
    select
        *,
        row_number() over (
            partition by target_id, period_end
            order by case when difference is null then 1 else 0 end, difference, item_order
        ) as smallest_first
    from {{ ref('int_target_component') }}
),

counted as (
    select
        target_id,
        period_end,
        -- a quarterly component is not asked for between quarter ends
        count(case when is_due or difference is not null then 1 end) as n_due,
        count(difference) as n_compared,
        count(case when difference > 0 then 1 end) as n_above,
        min(case when is_reached then 1 else 0 end) as is_reached,
        -- of the missing ones: was any due, was any not observable
        max(case when difference is null and is_due then 1 else 0 end) as is_missing_due,
        max(case when difference is null and is_due and is_unobservable then 1 else 0 end)
            as is_missing_unobservable
    from component
    group by target_id, period_end
),

judged as (
    select
        *,
        case
            when n_above < n_compared then false
            when n_compared > 0 and n_compared = n_due then true
        end as is_satisfied
    from counted
)

select
    judged.target_id,
    judged.period_end,
    judged.n_due,
    judged.n_compared,
    judged.n_above,
    judged.is_satisfied,
    case when judged.is_satisfied is not null then smallest.difference end as actual_value,
    case
        when judged.is_satisfied is not null then null
        when judged.is_reached = 0 then 'not_reached'
        when judged.is_missing_due = 0 then 'not_due'
        when judged.is_missing_unobservable = 1 then 'not_observable'
        else 'not_submitted'
    end as no_data_reason,
    smallest.department_code,
    smallest.submission_id,
    smallest.file,
    smallest.sheet,
    smallest.cell,
    smallest.cell_value,
    smallest.cell_unit,
    smallest.obs_status,
    smallest.known_from
from judged
inner join component as smallest
    on
        judged.target_id = smallest.target_id
        and judged.period_end = smallest.period_end
        and smallest.smallest_first = 1
