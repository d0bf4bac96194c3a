-- Communities with equal scores share the better rank; one without a score has none.
{% set order %}
    order by case when score is null then 1 else 0 end asc, -score asc
{% endset %}
with listed as (
    select
        spine.layout_id,
        spine.department_code,
        spine.entry_name,
        spine.period_end,
        spine.report_year,
        coalesce(
            spine.absence, case when entry.score is null then 'not_filled' end
        ) as absence,
        entry.ref_area,
        entry.score,
        entry.grade_text,
        entry.rank_value,
        spine.submission_id,
        entry.file,
        entry.sheet,
        coalesce(entry.score_cell, entry.name_cell) as cell
    from {{ ref('int_register_period') }} as spine
    left join {{ ref('int_register_entry') }} as entry
        on
            spine.submission_id = entry.submission_id
            and spine.layout_id = entry.layout_id
            and spine.entry_number = entry.entry_number
    where spine.register_kind = 'communities'
)

select
    *,
    case
        when score is not null then rank() over (
            partition by layout_id, department_code, period_end {{ order }}
        )
    end as place,
    count(score) over (partition by layout_id, department_code, period_end) as n_scored,
    case
        when score is not null then rank() over (
            partition by layout_id, department_code, period_end, ref_area {{ order }}
        )
    end as area_place,
    count(score) over (partition by layout_id, department_code, period_end, ref_area) as n_area_scored,
    lag(score) over (
        partition by layout_id, department_code, entry_name, report_year
        order by period_end
    ) as previous_score
from listed
