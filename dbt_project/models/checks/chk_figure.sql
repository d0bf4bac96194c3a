-- The latest figure of every sheet, whichever is in use, beside its neighbours in time.
with figure as (
    select
        observed.*,
        period.report_year,
        period.month_number,
        cast(
            digit.last_digit * {{ safe_divide('given.factor_to_base', 'wanted.factor_to_base') }}
            as decimal(18, 8)
        ) as last_digit
    from {{ ref('fct_observation_vintage') }} as observed
    inner join {{ ref('dim_period') }} as period
        on observed.period_end = period.period_end
    inner join {{ ref('audit_precision') }} as digit
        on observed.cell_unit = digit.unit_measure
    inner join {{ ref('units') }} as given
        on observed.cell_unit = given.unit_measure
    inner join {{ ref('units') }} as wanted
        on observed.unit_measure = wanted.unit_measure
    where observed.is_latest and observed.obs_value is not null
),

beside as (
    select
        *,
        lag(period_end) over in_year as previous_period_end,
        lag(obs_value) over in_year as previous_value,
        lag(obs_value) over over_years as value_before,
        lag(report_year) over over_years as year_before
    from figure
    window
        in_year as (
            partition by
                layout_id, department_code, indicator_code, ref_area, scope, period_type, measure,
                report_year
            order by month_number
        ),
        over_years as (
            partition by
                layout_id, department_code, indicator_code, ref_area, scope, period_type, measure,
                month_number
            order by report_year
        )
)

select
    indicator_code,
    ref_area,
    scope,
    period_end,
    period_type,
    measure,
    department_code,
    layout_id,
    report_year,
    month_number,
    submission_id,
    file,
    sheet,
    cell,
    obs_value as value,
    unit_measure,
    cell_value,
    cell_unit,
    last_digit,
    growth_basis,
    previous_period_end,
    previous_value,
    case when year_before = report_year - 1 then value_before end as last_year_value,
    {{ as_figure('obs_value - previous_value') }} as change_on_previous,
    {{ as_figure(
        'case when year_before = report_year - 1 then round('
        ~ safe_divide('obs_value - value_before', 'value_before') ~ ' * 100, 4) end'
    ) }} as change_on_last_year_pct
from beside
