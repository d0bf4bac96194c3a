-- A figure counts as published once a vintage has had a value; every later change of what the
-- department reports, its withdrawal included, is a revision. A change of status alone is not, and
-- neither is a correction: figures are compared as reported, before corrections.
with vintage as (
    select
        *,
        case when correction_id is null then obs_value else uncorrected_value end as reported_value
    from {{ ref('int_observation_vintage') }}
),

compared as (
    select
        *,
        lag(reported_value) over series as old_value,
        lag(obs_value) over series as old_obs_value,
        lag(correction_id) over series as old_correction_id,
        lag(submission_id) over series as old_submission_id,
        lag(file) over series as old_file,
        lag(sheet) over series as old_sheet,
        lag(cell) over series as old_cell,
        count(reported_value) over (
            partition by
                indicator_code, ref_area, scope, period_end, period_type, measure,
                department_code, layout_id
            order by vintage_number
            rows between unbounded preceding and 1 preceding
        ) as n_published_before
    from vintage
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
    reported_value as new_value,
    cast(reported_value - old_value as decimal(24, 6)) as difference,
    unit_measure,
    old_obs_value,
    obs_value as new_obs_value,
    old_correction_id,
    correction_id as new_correction_id,
    known_from as revised_at,
    old_submission_id,
    old_file,
    old_sheet,
    old_cell,
    submission_id as new_submission_id,
    file as new_file,
    sheet as new_sheet,
    cell as new_cell
from compared
where
    n_published_before > 0
    and (
        old_value <> reported_value
        or (old_value is null and reported_value is not null)
        or (old_value is not null and reported_value is null)
    )
order by
    indicator_code, ref_area, scope, period_end, period_type, measure,
    department_code, layout_id, vintage_number
