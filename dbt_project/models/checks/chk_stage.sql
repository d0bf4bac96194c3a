-- Each description of progress of an entry that counts, beside that of the period before.
with staged as (
    select
        entry.layout_id,
        entry.department_code,
        entry.entry_name,
        entry.entry_number,
        entry.period_end,
        period.report_year,
        entry.submission_id,
        entry.file,
        entry.sheet,
        entry.stage_cell as cell,
        judged.stage_text,
        judged.stage,
        judged.stage_order,
        judged.is_unknown,
        judged.is_failed
    from {{ ref('int_work_stage') }} as judged
    inner join {{ ref('int_register_entry') }} as entry
        on
            judged.submission_id = entry.submission_id
            and judged.layout_id = entry.layout_id
            and judged.entry_number = entry.entry_number
    inner join {{ ref('dim_period') }} as period
        on entry.period_end = period.period_end
    where entry.is_current
),

beside as (
    select
        *,
        lag(stage) over entries as previous_stage,
        lag(stage_order) over entries as previous_stage_order,
        lag(stage_text) over entries as previous_text,
        lag(cell) over entries as previous_cell,
        lag(period_end) over entries as previous_period_end
    from staged
    window entries as (
        partition by layout_id, department_code, entry_name, report_year
        order by period_end, entry_number
    )
)

select
    layout_id,
    department_code,
    entry_name,
    cast(entry_number as integer) as entry_number,
    period_end,
    submission_id,
    file,
    sheet,
    cell,
    stage_text as value,
    stage,
    is_unknown,
    previous_stage,
    previous_text as expected_value,
    previous_cell,
    previous_period_end,
    coalesce(
        stage_order < previous_stage_order and previous_period_end < period_end and not is_failed, false
    ) as is_regressed
from beside
