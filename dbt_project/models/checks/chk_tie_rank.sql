-- Each figure of a ranked table in the reported order beside its neighbours: the one ranked below
-- is not the better. Only where the reported ranks themselves are a ranking; a rank that is wrong
-- by itself is found by its own comparison.
{% set same = ['layout_id', 'department_code', 'indicator_code', 'scope', 'period_type'] %}
with reported as (
    select
        place.*,
        case
            when place.measure = 'growth_rank' then 'growth'
            else coalesce(duty.rank_basis, 'level')
        end as ranked_measure,
        rank() over (
            partition by
                {% for name in same %}place.{{ name }},
                {% endfor %}place.measure,
                place.period_end
            order by place.value
        ) as sound_rank
    from {{ ref('chk_figure') }} as place
    left join {{ ref('area_indicators') }} as duty
        on place.layout_id = duty.layout_id and place.indicator_code = duty.indicator_code
    where place.measure in ('rank', 'growth_rank')
),

ranked as (
    select
        figure.*,
        {{ cell_key('figure') }} as cell_key,
        {{ tie_key('figure', same + ['measure']) }} as table_key,
        reported.value as reported_rank,
        case indicator.direction when 'lower_better' then -1 else 1 end as better,
        max(case when reported.value = reported.sound_rank then 0 else 1 end) over (
            partition by
                {% for name in same %}reported.{{ name }},
                {% endfor %}reported.measure,
                reported.period_end
        ) as is_muddled
    from {{ ref('chk_figure') }} as figure
    inner join reported
        on
            {{ same_in('figure', 'reported', same) }}
            and figure.measure = reported.ranked_measure
            and figure.ref_area = reported.ref_area
            and figure.period_end = reported.period_end
    inner join {{ ref('dim_indicator') }} as indicator
        on figure.indicator_code = indicator.indicator_code
),

ordered as (
    select
        *,
        row_number() over (partition by table_key order by reported_rank, better * value desc) as place
    from ranked
    where is_muddled = 0
)

select
    'rank' as tie,
    below.table_key || '/' || cast(below.place as varchar) as tie_key,
    below.cell_key,
    above.cell_key as above_cell_key,
    cast(below.better as decimal(28, 10)) as slope,
    cast(-below.better as decimal(28, 10)) as above_slope,
    {{ to_decimal('below.better * (below.value - above.value)', 28, 10) }} as residual,
    cast(below.last_digit as decimal(28, 10)) as digits
from ordered as below
inner join ordered as above
    on below.table_key = above.table_key and below.place = above.place + 1
