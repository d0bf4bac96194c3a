{% set groups = [
    ('all', "''", "'全部目标'"),
    ('section', 'target.section', 'target.section'),
    ('department', 'target.lead_department_code', 'department.short_name_zh')
] %}
{% set states = ['met', 'ahead', 'on_path', 'behind', 'missed', 'no_data'] %}
{% set lights = ['green', 'yellow', 'red'] %}
with grouped as (
    {% for kind, code, name in groups %}
        select
            progress.report_year,
            progress.ref_area,
            progress.period_end,
            '{{ kind }}' as summary_by,
            {{ code }} as group_code,
            {{ name }} as group_zh,
            progress.status,
            progress.light
        from {{ ref('fct_target_progress') }} as progress
        inner join {{ ref('dim_target') }} as target
            on progress.target_id = target.target_id
        inner join {{ ref('dim_department') }} as department
            on target.lead_department_code = department.department_code
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

counted as (
    select
        report_year,
        ref_area,
        period_end,
        summary_by,
        group_code,
        group_zh,
        {% for state in states %}
            cast(sum(case when status = '{{ state }}' then 1 else 0 end) as integer) as n_{{ state }},
        {% endfor %}
        {% for light in lights %}
            cast(sum(case when light = '{{ light }}' then 1 else 0 end) as integer) as n_{{ light }},
        {% endfor %}
        cast(count(*) as integer) as n_targets
    from grouped
    group by report_year, ref_area, period_end, summary_by, group_code, group_zh
)

select
    counted.report_year,
    counted.ref_area,
    counted.period_end,
    counted.summary_by,
    word.name_zh as summary_by_zh,
    counted.group_code,
    counted.group_zh,
    counted.n_targets,
    counted.n_met,
    counted.n_ahead,
    counted.n_on_path,
    counted.n_behind,
    counted.n_missed,
    counted.n_no_data,
    counted.n_green,
    counted.n_yellow,
    counted.n_red,
    {{ as_pct(
        safe_divide(
            'counted.n_met + counted.n_ahead + counted.n_on_path', 'counted.n_targets - counted.n_no_data'
        ) ~ ' * 100'
    ) }} as on_path_pct
from counted
inner join {{ ref('codes') }} as word
    on counted.summary_by = word.code and word.list = 'summary_by'
order by counted.ref_area, counted.report_year, counted.period_end, counted.summary_by, counted.group_code
