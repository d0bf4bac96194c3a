-- Each reported rank beside the rank that the sheet's own figures give among the ranked areas.
with ranked as (
    select
        figure.*,
        case figure.measure when 'level' then 'rank' when 'growth' then 'growth_rank' end as rank_measure,
        rank() over (
            partition by
                figure.indicator_code, figure.scope, figure.period_end, figure.period_type,
                figure.measure, figure.department_code, figure.layout_id
            order by
                case when indicator.direction = 'lower_better' then figure.value else -figure.value end
        ) as best_rank,
        count(*) over (
            partition by
                figure.indicator_code, figure.scope, figure.period_end, figure.period_type,
                figure.measure, figure.department_code, figure.layout_id, figure.value
        ) as n_equal,
        count(*) over (
            partition by
                figure.indicator_code, figure.scope, figure.period_end, figure.period_type,
                figure.measure, figure.department_code, figure.layout_id
        ) as n_peers
    from {{ ref('chk_figure') }} as figure
    inner join {{ ref('dim_area') }} as area
        on figure.ref_area = area.ref_area
    inner join {{ ref('dim_indicator') }} as indicator
        on figure.indicator_code = indicator.indicator_code
    where area.is_peer and figure.measure in ('level', 'growth')
)

select
    reported.indicator_code,
    reported.ref_area,
    reported.scope,
    reported.period_end,
    reported.period_type,
    reported.measure,
    reported.department_code,
    reported.layout_id,
    reported.submission_id,
    reported.file,
    reported.sheet,
    reported.cell,
    reported.value,
    reported.unit_measure,
    ranked.value as ranked_value,
    {{ as_figure('ranked.best_rank') }} as expected_value,
    -- areas with equal figures may take any of the ranks they share
    cast(ranked.best_rank + ranked.n_equal - 1 as integer) as last_equal_rank,
    cast(ranked.n_peers as integer) as n_peers,
    {{ as_figure(
        'case
            when reported.value between ranked.best_rank and ranked.best_rank + ranked.n_equal - 1 then 0
            else reported.value - ranked.best_rank
        end'
    ) }} as difference
from {{ ref('chk_figure') }} as reported
inner join ranked
    on
        reported.measure = ranked.rank_measure
        and reported.indicator_code = ranked.indicator_code
        and reported.ref_area = ranked.ref_area
        and reported.scope = ranked.scope
        and reported.period_end = ranked.period_end
        and reported.period_type = ranked.period_type
        and reported.department_code = ranked.department_code
        and reported.layout_id = ranked.layout_id
