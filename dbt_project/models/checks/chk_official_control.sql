-- Each officially published figure beside the warehouse's figure in use.
select
    control.indicator_code,
    control.ref_area,
    control.scope,
    control.period_end,
    control.period_type,
    control.measure,
    observed.department_code,
    observed.submission_id,
    observed.file,
    observed.sheet,
    observed.cell,
    observed.obs_value as value,
    control.unit_measure,
    control.value as expected_value,
    control.later_value,
    control.tolerance,
    {{ as_figure('observed.obs_value - control.value') }} as difference,
    -- above zero: further off than rounding explains, from the first and from a later figure
    {{ as_figure(
        'least(
            abs(observed.obs_value - control.value),
            abs(observed.obs_value - coalesce(control.later_value, control.value))
        ) - control.tolerance'
    ) }} as excess,
    control.source
from {{ ref('official_controls') }} as control
inner join {{ ref('fct_observation') }} as observed
    on
        control.indicator_code = observed.indicator_code
        and control.ref_area = observed.ref_area
        and control.scope = observed.scope
        and control.period_end = observed.period_end
        and control.period_type = observed.period_type
        and control.measure = observed.measure
        and control.unit_measure = observed.unit_measure
where observed.obs_value is not null
