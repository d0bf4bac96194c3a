-- No target may fall out of the judgement on its way through the joins.
select
    target.target_id,
    period.period_end
from {{ ref('targets') }} as target
inner join {{ ref('calendar') }} as period
    on target.report_year = period.report_year
left join {{ ref('fct_target_progress') }} as progress
    on
        target.target_id = progress.target_id
        and period.period_end = progress.period_end
where progress.target_id is null
