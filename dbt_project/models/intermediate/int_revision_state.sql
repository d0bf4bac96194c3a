-- A revision belongs to the newest period that had ended when it came, whatever period it is about.
with ended as (
    select
        period_end,
        lead(period_end) over (order by period_end) as next_period_end
    from {{ ref('calendar') }}
),

latest as (
    select max(period_end) as period_end
    from {{ ref('stg_submission') }}
    where is_accepted
)

select
    revision.department_code,
    least(ended.period_end, latest.period_end) as period_end,
    case
        when revision.new_value is null then 'withdrawn'
        when revision.old_value is null then 'supplied'
        when revision.difference > 0 then 'raised'
        else 'lowered'
    end as state
from {{ ref('fct_revision') }} as revision
inner join ended
    on
        ended.period_end <= cast(revision.revised_at as date)
        and coalesce(ended.next_period_end > cast(revision.revised_at as date), true)
cross join latest
