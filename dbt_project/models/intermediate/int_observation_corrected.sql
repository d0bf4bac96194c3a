-- The figure in use: the cell's own, or the one a correction gives while its guard holds. What the
-- department reported stays beside it. A view: the cells are kept once.
{{ config(materialized='view') }}

with corrected as (
    select
        observation.*,
        correction.correction_id,
        correction.new_value is null as is_withdrawn,
        {{ in_unit('correction.new_value', 'given.factor_to_base', 'wanted.factor_to_base') }}
            as corrected_value
    from {{ ref('stg_observation').include(database=false) }} as observation
    left join {{ ref('int_correction').include(database=false) }} as correction
        on
            observation.submission_id = correction.submission_id
            and observation.layout_id = correction.layout_id
            and observation.sheet = correction.sheet
            and observation.cell = correction.cell
            and {{ figure_key('observation') }} = correction.figure
            and correction.state = 'applied'
    left join {{ ref('units').include(database=false) }} as wanted
        on observation.unit_measure = wanted.unit_measure
    left join {{ ref('units').include(database=false) }} as given
        on
            observation.cell_unit = given.unit_measure
            and wanted.base_unit = given.base_unit
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
    case when correction_id is null then obs_value else corrected_value end as obs_value,
    unit_measure,
    case
        when correction_id is null then obs_status
        when corrected_value is null then 'O'
        -- a figure too large to fit was an error before
        when obs_status = 'O' then 'A'
        else obs_status
    end as obs_status,
    case
        when correction_id is null then missing_kind
        when is_withdrawn then 'withdrawn'
        when corrected_value is null then 'error'
    end as missing_kind,
    growth_basis,
    correction_id,
    case when correction_id is not null then obs_value end as uncorrected_value,
    submission_id,
    sequence_number,
    received_at,
    is_accepted,
    file,
    sheet,
    cell,
    row_number,
    column_number,
    cell_value,
    cell_unit,
    value_text
from corrected
