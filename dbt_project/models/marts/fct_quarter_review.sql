-- Quarter ends of one report year side by side; last year's targets were other targets.
with standing as (
    select
        progress.*,
        lag(progress.period_end) over quarters as previous_period_end,
        lag(progress.status) over quarters as previous_status,
        lag(progress.status_zh) over quarters as previous_status_zh,
        lag(progress.light) over quarters as previous_light,
        lag(progress.actual_value) over quarters as previous_value,
        lag(progress.completion_pct) over quarters as previous_completion_pct,
        lag(progress.gap) over quarters as previous_gap
    from {{ ref('fct_target_progress') }} as progress
    inner join {{ ref('dim_period') }} as period
        on progress.period_end = period.period_end
    where period.is_quarter_end
    window quarters as (
        partition by progress.target_id
        order by progress.period_end
    )
),

moved as (
    select
        *,
        case
            when previous_period_end is null then 'first'
            when status = 'no_data' and previous_status = 'no_data' then 'no_data'
            when status = 'no_data' then 'data_lost'
            when previous_status = 'no_data' then 'data_gained'
            when light = previous_light then 'unchanged'
            when light = 'red' then 'turned_red'
            when light = 'green' then 'turned_green'
            when previous_light = 'red' then 'improved'
            else 'worsened'
        end as movement
    from standing
)

select
    moved.target_id,
    target.name_zh as target_zh,
    moved.period_end,
    moved.report_year,
    moved.ref_area,
    target.lead_department_code,
    moved.status,
    moved.status_zh,
    moved.light,
    moved.previous_period_end,
    moved.previous_status,
    moved.previous_status_zh,
    moved.previous_light,
    moved.movement,
    word.name_zh as movement_zh,
    moved.actual_value,
    moved.previous_value,
    {{ as_figure('moved.actual_value - moved.previous_value') }} as change_value,
    moved.unit_measure,
    moved.completion_pct,
    {{ as_pct('moved.completion_pct - moved.previous_completion_pct') }} as completion_change_pp,
    moved.gap,
    {{ as_figure('moved.gap - moved.previous_gap') }} as gap_change_value,
    moved.gap_unit,
    moved.working,
    moved.department_code,
    moved.submission_id,
    moved.file,
    moved.sheet,
    moved.cell
from moved
inner join {{ ref('dim_target') }} as target
    on moved.target_id = target.target_id
inner join {{ ref('codes') }} as word
    on moved.movement = word.code and word.list = 'movement'
order by moved.target_id, moved.period_end
