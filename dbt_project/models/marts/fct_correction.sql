select
    correction.correction_id,
    correction.submission_number,
    correction.state,
    state.name_zh as state_zh,
    correction.department_code,
    correction.time_period,
    period.period_end,
    correction.layout_id,
    correction.sheet,
    correction.cell,
    observation.indicator_code,
    observation.ref_area,
    observation.measure,
    correction.figure,
    correction.old_value as old_cell_value,
    correction.new_value as new_cell_value,
    correction.value_unit as cell_unit,
    correction.found_figure,
    correction.found_cell_value,
    correction.found_unit,
    correction.found_text,
    case
        when correction.state <> 'applied' then null
        when correction.field_id is null then observation.uncorrected_value
        else {{ as_figure('correction.old_value') }}
    end as uncorrected_value,
    case
        when correction.state <> 'applied' then null
        when correction.field_id is null then observation.obs_value
        else {{ as_figure('correction.new_value') }}
    end as obs_value,
    case
        when correction.state <> 'applied' then null
        when correction.field_id is null then observation.unit_measure
        else correction.value_unit
    end as unit_measure,
    correction.submission_id,
    coalesce(correction.submission_file, correction.file) as file,
    correction.received_at,
    correction.is_current,
    correction.reason_zh,
    correction.source,
    correction.author,
    correction.entered_on,
    correction.withdrawn_on
from {{ ref('int_correction') }} as correction
left join {{ ref('int_observation_corrected') }} as observation
    on
        correction.submission_id = observation.submission_id
        and correction.layout_id = observation.layout_id
        and correction.sheet = observation.sheet
        and correction.cell = observation.cell
        and correction.figure = {{ figure_key('observation') }}
left join {{ ref('calendar') }} as period
    on correction.time_period = period.time_period
left join {{ ref('codes') }} as state
    on
        state.list = 'correction_state'
        and correction.state = state.code
order by correction.correction_id, correction.submission_number
