-- How many orders of magnitude a level lies off the middle figure of its own series, all sheets
-- and periods together. The middle does not follow a slip of units, not even one of a whole year.
with ranked as (
    select
        figure.*,
        count(*) over series as n_figures,
        row_number() over (
            partition by
                figure.indicator_code, figure.ref_area, figure.scope,
                figure.period_type, figure.measure
            order by figure.value, figure.period_end, figure.department_code, figure.layout_id
        ) as place
    from {{ ref('chk_figure') }} as figure
    inner join {{ ref('measures') }} as measure
        on figure.measure = measure.measure
    where measure.unit_measure is null and figure.value > 0
    window series as (
        partition by
            figure.indicator_code, figure.ref_area, figure.scope,
            figure.period_type, figure.measure
    )
),

middle as (
    select
        indicator_code,
        ref_area,
        scope,
        period_type,
        measure,
        value
    from ranked
    where 2 * place between n_figures and n_figures + 1
)

select
    ranked.indicator_code,
    ranked.ref_area,
    ranked.scope,
    ranked.period_end,
    ranked.period_type,
    ranked.measure,
    ranked.department_code,
    ranked.layout_id,
    ranked.submission_id,
    ranked.file,
    ranked.sheet,
    ranked.cell,
    ranked.value,
    ranked.unit_measure,
    ranked.cell_value,
    ranked.cell_unit,
    ranked.previous_value,
    ranked.last_year_value,
    cast(ranked.n_figures as integer) as n_figures,
    middle.value as expected_value,
    {{ as_pct(
        'log10(cast(ranked.value as double) / cast(middle.value as double))'
    ) }} as orders_of_magnitude_off
from ranked
inner join middle
    on
        ranked.indicator_code = middle.indicator_code
        and ranked.ref_area = middle.ref_area
        and ranked.scope = middle.scope
        and ranked.period_type = middle.period_type
        and ranked.measure = middle.measure
where ranked.n_figures > 1
