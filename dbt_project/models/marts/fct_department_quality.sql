with duty as (
    select
        department_code,
        period_end,
        count(*) as n_duties,
        sum(case when state = 'on_time' then 1 else 0 end) as n_on_time,
        sum(case when state = 'late' then 1 else 0 end) as n_late,
        sum(case when state = 'held' then 1 else 0 end) as n_held,
        sum(case when state = 'missing' then 1 else 0 end) as n_missing,
        sum(case when state = 'not_due' then 1 else 0 end) as n_not_due,
        max(case when state = 'late' then n_days_late end) as n_days_latest
    from {{ ref('fct_reporting_duty') }}
    group by department_code, period_end
),

handed_in as (
    select
        department_code,
        period_end,
        sum(case when status = 'accepted' then 1 else 0 end) as n_accepted,
        sum(case when vintage_number > 1 then 1 else 0 end) as n_revisions,
        sum(case when status = 'refused' then 1 else 0 end) as n_refused,
        sum(cells_unmapped) as cells_unmapped
    from {{ ref('fct_submission') }}
    where not is_form
    group by department_code, period_end
),

figure as (
    select
        department_code,
        period_end,
        count(*) as n_figures,
        sum(case when is_revised then 1 else 0 end) as n_revised
    from {{ ref('int_figure_revised') }}
    group by department_code, period_end
)

select
    duty.department_code,
    department.short_name_zh as department_zh,
    duty.period_end,
    cast(duty.n_duties as integer) as n_duties,
    cast(duty.n_on_time as integer) as n_on_time,
    cast(duty.n_late as integer) as n_late,
    cast(duty.n_held as integer) as n_held,
    cast(duty.n_missing as integer) as n_missing,
    cast(duty.n_not_due as integer) as n_not_due,
    {{ as_pct(safe_divide('duty.n_on_time', 'duty.n_duties - duty.n_not_due') ~ ' * 100') }}
        as timeliness_pct,
    cast(duty.n_days_latest as integer) as n_days_latest,
    cast(coalesce(handed_in.n_accepted, 0) as integer) as n_accepted,
    cast(coalesce(handed_in.n_revisions, 0) as integer) as n_revisions,
    cast(coalesce(handed_in.n_refused, 0) as integer) as n_refused,
    cast(coalesce(handed_in.cells_unmapped, 0) as bigint) as cells_unmapped,
    cast(coalesce(figure.n_figures, 0) as integer) as n_figures,
    cast(coalesce(figure.n_revised, 0) as integer) as n_revised,
    {{ as_pct(safe_divide('figure.n_figures - figure.n_revised', 'figure.n_figures') ~ ' * 100') }}
        as unrevised_pct
from duty
inner join {{ ref('dim_department') }} as department
    on duty.department_code = department.department_code
left join handed_in
    on
        duty.department_code = handed_in.department_code
        and duty.period_end = handed_in.period_end
left join figure
    on
        duty.department_code = figure.department_code
        and duty.period_end = figure.period_end
order by duty.department_code, duty.period_end
