-- Each published growth beside the growth that two published levels give.
with derived as (
    select
        growth.*,
        level_now.value as level_value,
        level_now.last_year_value as last_year_level_value,
        level_now.change_on_last_year_pct as derived_pct
    from {{ ref('chk_figure') }} as growth
    inner join {{ ref('chk_figure') }} as level_now
        on
            growth.indicator_code = level_now.indicator_code
            and growth.layout_id = level_now.layout_id
            and growth.department_code = level_now.department_code
            and growth.ref_area = level_now.ref_area
            and growth.scope = level_now.scope
            and growth.period_end = level_now.period_end
            and growth.period_type = level_now.period_type
    where
        growth.measure = 'growth'
        and level_now.measure = 'level'
        and level_now.change_on_last_year_pct is not null
)

select
    indicator_code,
    ref_area,
    scope,
    period_end,
    period_type,
    measure,
    growth_basis,
    department_code,
    layout_id,
    submission_id,
    file,
    sheet,
    cell,
    value,
    unit_measure,
    level_value,
    last_year_level_value,
    {{ as_figure('derived_pct') }} as expected_value,
    {{ as_figure('value - derived_pct') }} as difference_pp
from derived
