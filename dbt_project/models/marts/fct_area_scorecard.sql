with judged as (
    select
        ranked.*,
        path.expected_pct_seasonal,
        period.linear_pct,
        case
            when ranked.obs_value is null then 'no_figure'
            when ranked.plan_value is null then 'no_plan'
            when ranked.plan_value = 0 then 'plan_zero'
        end as no_completion_reason,
        case
            when ranked.obs_value is null then 'no_data'
            when ranked.completion_pct is null then 'watched'
            when ranked.completion_pct >= 100 then 'done'
            when period.is_year_end then 'missed'
            when ranked.completion_pct >= coalesce(path.expected_pct_seasonal, period.linear_pct)
                then 'on_schedule'
            else 'behind'
        end as state
    from {{ ref('int_area_ranked') }} as ranked
    inner join {{ ref('dim_period') }} as period
        on ranked.period_end = period.period_end
    left join {{ ref('int_area_share') }} as path
        on
            ranked.managed_by = path.ref_area
            and ranked.indicator_code = path.indicator_code
            and ranked.period_end = path.period_end
)

select
    judged.ref_area,
    area.name_zh as area_zh,
    judged.managed_by,
    judged.indicator_code,
    indicator.name_zh as indicator_zh,
    judged.period_end,
    judged.obs_value,
    judged.plan_value,
    judged.unit_measure,
    judged.completion_pct,
    {{ as_pct('judged.reported_completion') }} as reported_completion_pct,
    {{ as_pct('judged.reported_completion - judged.completion_pct') }} as difference_pp,
    judged.no_completion_reason,
    judged.expected_pct_seasonal,
    judged.linear_pct as expected_pct_linear,
    judged.state,
    state.name_zh as state_zh,
    judged.absence,
    absence.name_zh as absence_zh,
    judged.rank_basis,
    cast(judged.place as integer) as rank_computed,
    cast({{ to_decimal('judged.reported_rank', 9, 0) }} as integer) as rank_reported,
    cast(judged.n_ranked as integer) as n_ranked,
    cast(judged.previous_place as integer) as previous_rank,
    cast(judged.previous_place - judged.place as integer) as rank_change,
    judged.department_code,
    judged.submission_id,
    judged.file,
    judged.sheet,
    judged.cell,
    judged.plan_cell,
    judged.completion_cell,
    judged.rank_cell
from judged
inner join {{ ref('dim_area') }} as area
    on judged.ref_area = area.ref_area
inner join {{ ref('dim_indicator') }} as indicator
    on judged.indicator_code = indicator.indicator_code
inner join {{ ref('codes') }} as state
    on judged.state = state.code and state.list = 'area_state'
left join {{ ref('codes') }} as absence
    on judged.absence = absence.code and absence.list = 'absence'
order by judged.indicator_code, judged.period_end, judged.ref_area
