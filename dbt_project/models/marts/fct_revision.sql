-- A figure counts as published once a vintage has had a value; every later change of the value,
-- its withdrawal included, is a revision. A change of status alone is not.
with vintage as (
    select
        *,
        lag(obs_value) over series as old_value,
        lag(submission_id) over series as old_submission_id,
        lag(file) over series as old_file,
        lag(sheet) over series as old_sheet,
        lag(cell) over series as old_cell,
        count(obs_value) over (
            partition by
                indicator_code, ref_area, scope, period_end, period_type, measure,
                department_code, layout_id
            order by vintage_number
            rows between unbounded preceding and 1 preceding
        ) as n_published_before
    from {{ ref('int_observation_vintage') }}
    window series as (
        partition by
            indicator_code, ref_area, scope, period_end, period_type, measure,
            department_code, layout_id
        order by vintage_number
    )
)

select
    indicator_code,
    ref_area,
    scope,
    period_end,
    period_type,
    measure,
    department_code,
    layout_id,
    vintage_number,
    old_value,
    obs_value as new_value,
    cast(obs_value - old_value as decimal(24, 6)) as difference,
    unit_measure,
    known_from as revised_at,
    old_submission_id,
    old_file,
    old_sheet,
    old_cell,
    submission_id as new_submission_id,
    file as new_file,
    sheet as new_sheet,
    cell as new_cell
from vintage
where
    n_published_before > 0
    and (
        old_value <> obs_value
        or (old_value is null and obs_value is not null)
        or (old_value is not null and obs_value is null)
    )
order by
    indicator_code, ref_area, scope, period_end, period_type, measure,
    department_code, layout_id, vintage_number
