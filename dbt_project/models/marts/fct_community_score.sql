with moved as (
    select
        *,
        case
            when score is null then 'no_data'
            when previous_score is null then 'first'
            when score > previous_score then 'rose'
            when score < previous_score then 'fell'
            else 'unchanged'
        end as state
    from {{ ref('int_community_score') }}
)

select
    moved.layout_id,
    moved.entry_name,
    moved.period_end,
    moved.ref_area,
    area.name_zh as area_zh,
    moved.score as score_value,
    score.unit_measure,
    moved.grade_text,
    cast(moved.place as integer) as rank_computed,
    cast({{ to_decimal('moved.rank_value', 9, 0) }} as integer) as rank_reported,
    cast(moved.n_scored as integer) as n_scored,
    cast(moved.area_place as integer) as area_rank_computed,
    cast(moved.n_area_scored as integer) as n_area_scored,
    moved.previous_score as previous_value,
    {{ as_figure('moved.score - moved.previous_score') }} as change_value,
    moved.state,
    state.name_zh as state_zh,
    moved.absence,
    absence.name_zh as absence_zh,
    moved.department_code,
    moved.submission_id,
    moved.file,
    moved.sheet,
    moved.cell
from moved
left join {{ ref('dim_area') }} as area
    on moved.ref_area = area.ref_area
inner join {{ ref('register_roles') }} as score
    on score.register_kind = 'communities' and score.role = 'score'
inner join {{ ref('codes') }} as state
    on moved.state = state.code and state.list = 'community_state'
left join {{ ref('codes') }} as absence
    on moved.absence = absence.code and absence.list = 'absence'
order by moved.layout_id, moved.entry_name, moved.period_end
