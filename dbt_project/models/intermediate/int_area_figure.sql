-- Every area answers for every indicator at every period due: without a figure the row says why.
{% set same_figure %}
    duty.indicator_code = seen.indicator_code
    and area.ref_area = seen.ref_area
    and duty.scope = seen.scope
    and due.period_end = seen.period_end
{% endset %}
with beside as (
    select
        indicator_code,
        ref_area,
        scope,
        period_end,
        max(case when measure = 'plan' then obs_value end) as plan_value,
        max(case when measure = 'plan' then cell end) as plan_cell,
        max(case when measure = 'completion' then obs_value end) as reported_completion,
        max(case when measure = 'completion' then cell end) as completion_cell,
        max(case when measure = 'rank' then obs_value end) as reported_rank,
        max(case when measure = 'rank' then cell end) as rank_cell
    from {{ ref('fct_observation') }}
    where measure in ('plan', 'completion', 'rank')
    group by indicator_code, ref_area, scope, period_end
)

select
    area.ref_area,
    duty.ref_area as managed_by,
    duty.indicator_code,
    due.period_end,
    due.report_year,
    due.month_number,
    duty.rank_basis,
    figure.obs_value,
    coalesce(figure.unit_measure, indicator.unit_measure) as unit_measure,
    seen.plan_value,
    seen.plan_cell,
    seen.reported_completion,
    seen.completion_cell,
    seen.reported_rank,
    seen.rank_cell,
    indicator.direction,
    case
        when figure.obs_value is not null then null
        when figure.obs_status = 'M' then 'not_applicable'
        when figure.obs_status = 'N' then 'less_than_unit'
        when figure.obs_status is not null then 'not_filled'
        when coming.state = 'not_due' then 'not_due'
        when coming.state = 'missing' then 'not_submitted'
        when coming.state = 'held' then 'held'
        else 'not_listed'
    end as absence,
    due.department_code,
    figure.submission_id,
    figure.file,
    figure.sheet,
    figure.cell
from {{ ref('area_indicators') }} as duty
inner join {{ ref('int_due_period') }} as due
    on duty.layout_id = due.layout_id
inner join {{ ref('dim_area') }} as area
    on
        duty.ref_area = area.managed_by
        and duty.ref_area <> area.ref_area
        and coalesce(area.valid_from, due.period_end) <= due.period_end
        and coalesce(area.valid_to, due.period_end) >= due.period_end
inner join {{ ref('indicators') }} as indicator
    on duty.indicator_code = indicator.indicator_code
inner join {{ ref('fct_reporting_duty') }} as coming
    on
        due.layout_id = coming.layout_id
        and due.department_code = coming.department_code
        and due.period_end = coming.period_end
left join beside as seen
    on {{ same_figure }}
left join {{ ref('fct_observation') }} as figure
    on
        {{ same_figure | replace('seen.', 'figure.') }}
        and duty.period_type = figure.period_type
        and figure.measure = 'level'
