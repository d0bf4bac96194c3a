-- Areas with equal figures share the better rank; an area without a figure has none.
with completed as (
    select
        *,
        {{ as_pct(safe_divide('obs_value', 'plan_value') ~ ' * 100') }} as completion_pct
    from {{ ref('int_area_figure') }}
),

held as (
    select
        *,
        case
            when rank_basis = 'completion' then completion_pct
            when rank_basis = 'level' then obs_value
        end as ranked_value
    from completed
),

ranked as (
    select
        *,
        case
            when ranked_value is not null
                then rank() over (
                    partition by managed_by, indicator_code, period_end
                    order by
                        case when ranked_value is null then 1 else 0 end asc,
                        case when direction = 'lower_better' then ranked_value else -ranked_value end asc
                )
        end as place,
        count(ranked_value) over (partition by managed_by, indicator_code, period_end) as n_ranked
    from held
)

select
    *,
    lag(place) over (
        partition by ref_area, indicator_code, report_year
        order by month_number
    ) as previous_place
from ranked
