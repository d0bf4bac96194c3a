{% set earlier %}
    over (
        partition by spine.layout_id, spine.department_code, spine.entry_name, spine.report_year
        order by spine.period_end
    )
{% endset %}
{% set names = 'partition by layout_id, department_code, entry_name, report_year' %}
-- A project under way stands still where the sheet says so, or where its stage and its investment
-- are those of the period before for several periods running.
with listed as (
    select
        spine.layout_id,
        spine.department_code,
        spine.entry_name,
        spine.period_end,
        spine.report_year,
        spine.month_number,
        spine.absence,
        entry.section,
        entry.lead_department_code,
        entry.ref_area,
        entry.total_value,
        entry.plan_value,
        entry.done_value,
        coalesce(entry.done_unit, entry.plan_unit) as unit_measure,
        entry.completion_pct as reported_completion_pct,
        entry.due_date,
        entry.stage_text,
        judged.stage,
        judged.stage_order,
        judged.is_started,
        judged.is_failed,
        judged.share_pct >= 100 and not judged.is_failed as is_finished,
        coalesce(judged.is_stalled, false) as is_said_stalled,
        case
            when
                judged.is_started
                and judged.stage = lag(judged.stage) {{ earlier }}
                and entry.done_value = lag(entry.done_value) {{ earlier }}
                then 0
            else 1
        end as is_changed,
        spine.submission_id,
        entry.file,
        entry.sheet,
        entry.name_cell as cell,
        entry.stage_cell,
        entry.done_value_cell as done_cell,
        entry.completion_cell
    from {{ ref('int_register_period') }} as spine
    left join {{ ref('int_register_entry') }} as entry
        on
            spine.submission_id = entry.submission_id
            and spine.layout_id = entry.layout_id
            and spine.entry_number = entry.entry_number
    left join {{ ref('int_work_stage') }} as judged
        on
            entry.submission_id = judged.submission_id
            and entry.layout_id = judged.layout_id
            and entry.entry_number = judged.entry_number
    where spine.register_kind = 'projects'
),

numbered as (
    select
        *,
        sum(is_changed) over ({{ names }} order by period_end) as run
    from listed
)

select
    *,
    cast(row_number() over ({{ names }}, run order by period_end) - 1 as integer) as n_unchanged
from numbered
