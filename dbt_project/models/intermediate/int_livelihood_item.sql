-- A figure without a unit is in the unit of its task; figures of another kind are not divided.
with listed as (
    select
        spine.layout_id,
        spine.department_code,
        spine.entry_name,
        spine.period_end,
        spine.absence,
        entry.section,
        entry.lead_department_code,
        entry.task_text,
        entry.task_value,
        entry.task_unit,
        entry.done_text,
        entry.done_value,
        entry.done_unit,
        entry.completion_pct as reported_completion_pct,
        {{ in_unit('entry.done_value', 'given.factor_to_base', 'wanted.factor_to_base') }} as converted_value,
        spine.submission_id,
        entry.file,
        entry.sheet,
        entry.done_value_cell as cell,
        entry.task_cell,
        entry.completion_cell,
        path.expected_pct_seasonal,
        period.linear_pct as expected_pct_linear,
        period.is_year_end
    from {{ ref('int_register_period') }} as spine
    inner join {{ ref('dim_period') }} as period
        on spine.period_end = period.period_end
    left join {{ ref('int_register_entry') }} as entry
        on
            spine.submission_id = entry.submission_id
            and spine.layout_id = entry.layout_id
            and spine.entry_number = entry.entry_number
    left join {{ ref('int_register_share') }} as path
        on
            spine.layout_id = path.layout_id
            and spine.department_code = path.department_code
            and spine.period_end = path.period_end
    left join {{ ref('units') }} as wanted
        on entry.task_unit = wanted.unit_measure
    left join {{ ref('units') }} as given
        on
            entry.done_unit = given.unit_measure
            and wanted.base_unit = given.base_unit
    where spine.register_kind = 'livelihood'
),

measured as (
    select
        *,
        case
            when done_unit is null or done_unit = task_unit then done_value
            else converted_value
        end as compared_value
    from listed
)

select
    *,
    {{ as_pct(safe_divide('compared_value', 'task_value') ~ ' * 100') }} as completion_pct,
    case
        when done_value is null then 'no_figure'
        when task_value is null then 'no_plan'
        when compared_value is null then 'unit_differs'
        when task_value = 0 then 'plan_zero'
    end as no_completion_reason
from measured
