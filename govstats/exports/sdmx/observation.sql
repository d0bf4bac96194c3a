-- One row per figure, columns as the data structure names them. A quarterly indicator has quarters
-- where a quarter ends; its other months are monthly rows that say the figure is missing. A single
-- month is monthly, a single quarter quarterly, whatever the indicator.
with figures as (
    select
        figure.*,
        unit.sdmx_code,
        unit.sdmx_unit_mult,
        period.report_year,
        period.month_number,
        case
            when figure.period_type = 'quarter' then 'Q'
            when figure.period_type = 'month' or not period.is_quarter_end then 'M'
            else indicator.freq
        end as freq,
        period.time_period as month_period
    from marts.fct_observation as figure
    inner join marts.dim_indicator as indicator using (indicator_code)
    inner join marts.dim_period as period using (period_end)
    inner join marts.dim_unit as unit on figure.unit_measure = unit.unit_measure
)

select
    figures.* exclude (report_year, month_number, month_period),
    case
        when freq = 'Q' then concat(report_year, '-Q', cast(ceil(month_number / 3) as integer))
        else month_period
    end as time_period
from figures
order by freq, ref_area, indicator_code, measure, period_type, scope, period_end
