-- Resubmissions that repeat a figure open no vintage: of each island of equal figures only the
-- first submission counts, the one from which the figure has been known. A figure that the source
-- reports as it had been corrected is a vintage: from then on it needs no correction.
with observation as (
    select
        *,
        lag(obs_value) over series as value_before,
        lag(obs_status) over series as status_before,
        lag(correction_id) over series as correction_before
    from {{ ref('int_observation_corrected') }}
    where is_accepted
    window series as (
        partition by
            indicator_code, ref_area, scope, period_end, period_type, measure,
            department_code, layout_id
        order by received_at, sequence_number, row_number, column_number
    )
),

first_of_island as (
    select *
    from observation
    where
        -- obs_status is never null: a null before it means that nothing came before
        status_before is null
        or obs_status <> status_before
        or obs_value <> value_before
        or (obs_value is null and value_before is not null)
        or (obs_value is not null and value_before is null)
        or coalesce(correction_id, '') <> coalesce(correction_before, '')
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
    source_precedence,
    obs_value,
    unit_measure,
    obs_status,
    missing_kind,
    growth_basis,
    correction_id,
    uncorrected_value,
    submission_id,
    file,
    sheet,
    cell,
    cell_value,
    cell_unit,
    value_text,
    received_at as known_from,
    lead(received_at) over series as known_to,
    cast(row_number() over series as integer) as vintage_number
from first_of_island
window series as (
    partition by
        indicator_code, ref_area, scope, period_end, period_type, measure,
        department_code, layout_id
    order by received_at, sequence_number, row_number, column_number
)
