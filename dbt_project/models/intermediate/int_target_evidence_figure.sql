-- A target's own figure is the one chosen for publication; components are compared within one sheet.
with figure as (
    {% for model, is_compared in [('int_observation_chosen', false), ('int_observation_compared', true)] %}
        select
            indicator_code,
            ref_area,
            scope,
            period_end,
            period_type,
            measure,
            obs_value,
            unit_measure,
            obs_status,
            missing_kind,
            department_code,
            layout_id,
            submission_id,
            file,
            sheet,
            cell,
            value_text,
            cell_value,
            cell_unit,
            correction_id,
            known_from,
            {{ is_compared }} as is_compared
        from {{ ref(model) }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select
    period.target_id,
    period.period_end,
    wanted.item_order,
    wanted.evidence_role,
    indicator.name_zh as subject_zh,
    wanted.indicator_code,
    wanted.ref_area,
    wanted.scope,
    wanted.period_type,
    wanted.measure,
    figure.period_end as figure_period_end,
    figure.obs_value,
    figure.unit_measure,
    figure.obs_status,
    figure.missing_kind,
    figure.department_code,
    figure.layout_id,
    figure.submission_id,
    figure.file,
    figure.sheet,
    figure.cell,
    figure.value_text,
    figure.cell_value,
    figure.cell_unit,
    figure.correction_id,
    figure.known_from
from {{ ref('int_target_period') }} as period
inner join {{ ref('int_target_wanted') }} as wanted
    on period.target_id = wanted.target_id
inner join {{ ref('indicators') }} as indicator
    on wanted.indicator_code = indicator.indicator_code
inner join {{ ref('calendar') }} as asked
    on
        period.report_year - wanted.years_back = asked.report_year
        and period.month_number = asked.month_number
inner join figure
    on
        wanted.is_compared = figure.is_compared
        and wanted.indicator_code = figure.indicator_code
        and wanted.ref_area = figure.ref_area
        and wanted.scope = figure.scope
        and asked.period_end = figure.period_end
        and wanted.period_type = figure.period_type
        and wanted.measure = figure.measure
