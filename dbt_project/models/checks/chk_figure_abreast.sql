-- The measures of one series in one sheet and period side by side.
select
    figure.layout_id || '/' || figure.department_code || '/' || figure.ref_area || '/' || figure.scope
    || '/' || cast(figure.period_end as varchar) || '/' || figure.period_type as place_id,
    figure.indicator_code,
    figure.ref_area,
    figure.scope,
    figure.period_end,
    figure.period_type,
    figure.department_code,
    figure.layout_id,
    -- a revision of one measure leaves the others with the edition they are known from
    {% for column in ['submission_id', 'file', 'sheet'] %}
        coalesce(
            max(case when figure.measure = 'level' then figure.{{ column }} end), max(figure.{{ column }})
        ) as {{ column }},
    {% endfor %}
    min(figure.growth_basis) as growth_basis,
    {% for measure in ['level', 'growth', 'pull', 'share'] %}
        max(case when figure.measure = '{{ measure }}' then figure.value end) as {{ measure }}_value,
        max(case when figure.measure = '{{ measure }}' then figure.cell end) as {{ measure }}_cell,
        max(case when figure.measure = '{{ measure }}' then figure.last_digit end) as {{ measure }}_digit,
    {% endfor %}
    max(case when figure.measure = 'level' then figure.unit_measure end) as level_unit
from {{ ref('chk_figure') }} as figure
where figure.measure in ('level', 'growth', 'pull', 'share')
group by
    figure.indicator_code, figure.ref_area, figure.scope, figure.period_end, figure.period_type,
    figure.department_code, figure.layout_id
