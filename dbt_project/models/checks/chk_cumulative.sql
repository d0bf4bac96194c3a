-- Each cumulative level beside the one before it in the year and the single month between them.
with figure as (
    select
        cumulative.*,
        -- a month may lie between two cumulative figures only if nothing else does
        case
            when cumulative.month_number = previous.month_number + 1 then cumulative.period_end
        end as month_end
    from {{ ref('chk_figure') }} as cumulative
    inner join {{ ref('measures') }} as measure
        on cumulative.measure = measure.measure
    inner join {{ ref('dim_period') }} as previous
        on cumulative.previous_period_end = previous.period_end
    where
        cumulative.period_type = 'ytd'
        and cumulative.measure = 'level'
        and measure.unit_measure is null
),

monthly as (
    select *
    from {{ ref('chk_figure') }}
    where period_type = 'month'
)

select
    figure.indicator_code,
    figure.ref_area,
    figure.scope,
    figure.period_end,
    figure.measure,
    figure.department_code,
    figure.layout_id,
    figure.submission_id,
    figure.file,
    figure.sheet,
    figure.cell,
    figure.value,
    figure.unit_measure,
    figure.previous_period_end,
    figure.previous_value,
    monthly.value as month_value,
    figure.change_on_previous,
    {{ as_figure('figure.previous_value + monthly.value') }} as expected_value,
    {{ as_figure('figure.value - figure.previous_value - monthly.value') }} as difference,
    {{ as_figure(
        'round('
        ~ safe_divide('figure.value - figure.previous_value - monthly.value', '3 * figure.last_digit')
        ~ ', 4)'
    ) }} as digits_off_per_term
from figure
left join monthly
    on
        figure.indicator_code = monthly.indicator_code
        and figure.layout_id = monthly.layout_id
        and figure.department_code = monthly.department_code
        and figure.ref_area = monthly.ref_area
        and figure.scope = monthly.scope
        and figure.month_end = monthly.period_end
        and figure.measure = monthly.measure
