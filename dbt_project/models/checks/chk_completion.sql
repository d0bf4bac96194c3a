-- Each reported rate of completion beside level over plan of the same sheet.
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
    done.value as level_value,
    plan.value as plan_value,
    done.unit_measure as level_unit_measure,
    {{ as_figure(safe_divide('done.value', 'plan.value') ~ ' * 100') }} as expected_value,
    {{ as_figure(
        'round(reported.value - ' ~ safe_divide('done.value', 'plan.value') ~ ' * 100, 4)'
    ) }} as difference_pp
from {{ ref('chk_figure') }} as reported
inner join {{ ref('chk_figure') }} as done
    on
        reported.indicator_code = done.indicator_code
        and reported.ref_area = done.ref_area
        and reported.scope = done.scope
        and reported.period_end = done.period_end
        and reported.period_type = done.period_type
        and reported.department_code = done.department_code
        and reported.layout_id = done.layout_id
        and done.measure = 'level'
inner join {{ ref('chk_figure') }} as plan
    on
        reported.indicator_code = plan.indicator_code
        and reported.ref_area = plan.ref_area
        and reported.scope = plan.scope
        and reported.period_end = plan.period_end
        and reported.department_code = plan.department_code
        and reported.layout_id = plan.layout_id
        and plan.measure = 'plan'
where reported.measure = 'completion'
