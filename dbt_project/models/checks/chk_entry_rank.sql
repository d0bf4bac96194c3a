-- Each ranked entry beside the scores of its neighbours by rank, and the grades of those by score.
with scored as (
    select
        score.*,
        score.figure_value as score,
        score.cell as score_cell,
        ranked.figure_value as rank_value,
        ranked.cell as rank_cell,
        grade.value_text as grade,
        grade.cell as grade_cell,
        entry.ref_area
    from {{ ref('int_entry_beside') }} as score
    inner join {{ ref('int_register_entry') }} as entry
        on
            score.submission_id = entry.submission_id
            and score.layout_id = entry.layout_id
            and score.entry_number = entry.entry_number
    left join {{ ref('int_entry_beside') }} as ranked
        on
            score.submission_id = ranked.submission_id
            and score.layout_id = ranked.layout_id
            and score.entry_number = ranked.entry_number
            and ranked.field_id = 'rank_value'
    left join {{ ref('int_entry_beside') }} as grade
        on
            score.submission_id = grade.submission_id
            and score.layout_id = grade.layout_id
            and score.entry_number = grade.entry_number
            and grade.field_id = 'grade'
    where score.field_id = 'score' and score.figure_value is not null
),

beside as (
    select
        *,
        lag(score) over by_rank as score_above,
        lead(score) over by_rank as score_below,
        lag(grade) over by_score as grade_above,
        lead(grade) over by_score as grade_below,
        lag(score) over (
            partition by layout_id, department_code, entry_name, report_year order by period_end
        ) as previous_score,
        rank() over (partition by layout_id, submission_id, ref_area order by score desc) as rank_computed
    from scored
    window
        by_rank as (
            partition by layout_id, submission_id, ref_area order by rank_value asc, score desc, entry_key asc
        ),
        by_score as (partition by layout_id, submission_id order by score desc, entry_key asc)
)

select
    layout_id,
    department_code,
    entry_key,
    entry_name,
    'score' as field_id,
    period_end,
    submission_id,
    file,
    sheet,
    score_cell as cell,
    {{ as_figure('score') }} as value,
    {{ as_figure('rank_value') }} as rank_value,
    rank_cell,
    cast(rank_computed as integer) as rank_computed,
    score_above,
    score_below,
    grade,
    grade_cell,
    grade_above,
    {{ as_figure('score - previous_score') }} as score_change,
    -- its neighbours stand in order without it: the entry itself does not fit its rank
    coalesce(score_above >= score_below, true)
    and coalesce(score > score_above or score < score_below, false)
    and rank_value <> rank_computed as is_out_of_rank,
    coalesce(grade_above = grade_below and grade <> grade_above, false) as is_out_of_grade
from beside
