{% set share = safe_divide('own.actual_value', 'base.obs_value') %}
-- Targets held against the same period of last year: the figure itself, or by how much it was cut.
with compared as (
    select
        own.*,
        target.operator,
        base.obs_value as base_value,
        case
            when own.no_data_reason is not null then own.no_data_reason
            when base.obs_value is null then 'no_base'
            when target.operator = 'cut_ge' and base.obs_value = 0 then 'base_zero'
        end as reason,
        {{ as_figure('(1 - ' ~ share ~ ') * 100') }} as cut_value
    from {{ ref('int_target_actual_measured') }} as own
    inner join {{ ref('int_target_period') }} as target
        on
            own.target_id = target.target_id
            and own.period_end = target.period_end
    left join {{ ref('calendar') }} as last_year
        on
            target.report_year - 1 = last_year.report_year
            and target.month_number = last_year.month_number
    left join {{ ref('int_observation_chosen') }} as base
        on
            target.indicator_code = base.indicator_code
            and target.ref_area = base.ref_area
            and target.scope = base.scope
            and last_year.period_end = base.period_end
            and target.period_type = base.period_type
            and target.measure = base.measure
    where target.judged_by = 'base'
)

select
    target_id,
    period_end,
    case
        when reason is not null then null
        when operator = 'cut_ge' then cut_value
        else actual_value
    end as actual_value,
    actual_value as own_value,
    base_value,
    reason as no_data_reason,
    department_code,
    submission_id,
    file,
    sheet,
    cell,
    cell_value,
    cell_unit,
    obs_status,
    known_from
from compared
