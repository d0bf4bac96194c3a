-- Several sheets may report one figure. A blank says nothing and never hides a figure; then the
-- indicator's lead department comes first, then the department's own order of its sheets.
select
    vintage.*,
    row_number() over (
        partition by
            vintage.indicator_code, vintage.ref_area, vintage.scope,
            vintage.period_end, vintage.period_type, vintage.measure
        order by
            case when vintage.obs_status = 'O' then 1 else 0 end asc,
            case when vintage.department_code = indicator.lead_department_code then 0 else 1 end asc,
            vintage.source_precedence asc,
            case when vintage.obs_value is null then 1 else 0 end asc,
            vintage.known_from desc,
            vintage.department_code asc,
            vintage.layout_id asc
    ) as preference
from {{ ref('int_observation_vintage') }} as vintage
left join {{ ref('indicators') }} as indicator
    on vintage.indicator_code = indicator.indicator_code
where vintage.known_to is null
