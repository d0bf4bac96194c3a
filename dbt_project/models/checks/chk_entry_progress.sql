-- Each figure done since January of an entry, beside its neighbours of the year, the month and the plan.
with done as (
    select
        given.*,
        entry.month_value,
        case
            when given.unit_measure = '{{ var("percent_unit") }}' then given.figure_value
            else {{ safe_divide('given.figure_value', 'coalesce(entry.plan_value, entry.task_value)') }} * 100
        end as share_pct,
        reached.stage,
        reached.share_pct as stage_share_pct
    from {{ ref('int_entry_beside') }} as given
    inner join {{ ref('int_register_entry') }} as entry
        on
            given.submission_id = entry.submission_id
            and given.layout_id = entry.layout_id
            and given.entry_number = entry.entry_number
    left join {{ ref('int_work_stage') }} as reached
        on
            given.submission_id = reached.submission_id
            and given.layout_id = reached.layout_id
            and given.entry_number = reached.entry_number
    where given.field_id = 'done_value' and given.figure_value is not null
),

beside as (
    select
        *,
        lag(figure_value, 2) over in_year as value_before_that,
        lag(figure_value) over in_year as previous_value,
        lag(cell) over in_year as previous_figure_cell,
        lag(period_end) over in_year as previous_figure_period,
        lag(share_pct) over in_year as previous_share_pct,
        lead(figure_value) over in_year as next_value,
        lead(figure_value, 2) over in_year as value_after_that
    from done
    window in_year as (
        partition by layout_id, department_code, entry_name, report_year
        order by period_end
    )
)

select
    {{ ['layout_id', 'department_code', 'register_kind', 'entry_key', 'entry_name', 'field_id',
        'period_end', 'submission_id', 'file', 'sheet', 'cell'] | join(', ') }},
    {{ as_figure('figure_value') }} as value,
    unit_measure,
    previous_value,
    previous_figure_cell as previous_cell,
    month_value,
    next_value,
    -- where a figure falls, the one that does not fit the others of the year is at fault
    case
        when figure_value > next_value then next_value
        else previous_value
    end as neighbour_value,
    coalesce(
        figure_value < previous_value
        and (next_value >= previous_value or value_before_that is null or value_before_that > figure_value),
        false
    ) or coalesce(
        figure_value > next_value and previous_value <= next_value
        and coalesce(value_after_that < figure_value, true),
        false
    ) as is_out_of_order,
    case
        when previous_figure_period = previous_period_end
            then {{ as_figure('previous_value + month_value') }}
    end as expected_value,
    case
        when previous_figure_period = previous_period_end
            then {{ as_figure('figure_value - previous_value - month_value') }}
    end as difference,
    {{ as_pct('share_pct') }} as share_pct,
    {{ as_pct('share_pct - previous_share_pct') }} as share_change_pp,
    stage,
    {{ as_pct('share_pct - stage_share_pct') }} as ahead_of_stage_pp
from beside
