with read as (
    select * from {{ source('raw', 'observation') }}
),

-- a figure of a measure is kept in the measure's own unit, else in the indicator's
canonical as (
    select
        read.*,
        coalesce(measure.unit_measure, indicator.unit_measure, read.cell_unit) as unit_measure
    from read
    left join {{ ref('indicators') }} as indicator
        on read.indicator_code = indicator.indicator_code
    left join {{ ref('measures') }} as measure
        on read.measure = measure.measure
),

-- no conversion between dimensions: money is never persons
converted as (
    select
        canonical.*,
        {{ in_unit('canonical.cell_value', 'given.factor_to_base', 'wanted.factor_to_base') }} as obs_value
    from canonical
    left join {{ ref('units') }} as wanted
        on canonical.unit_measure = wanted.unit_measure
    left join {{ ref('units') }} as given
        on
            canonical.cell_unit = given.unit_measure
            and wanted.base_unit = given.base_unit
)

select
    converted.indicator_code,
    converted.ref_area,
    converted.scope,
    converted.period_end,
    converted.period_type,
    converted.measure,
    converted.department_code,
    converted.layout_id,
    converted.source_precedence,
    converted.obs_value,
    converted.unit_measure,
    case
        when converted.cell_value is not null and converted.obs_value is null then 'O'
        else converted.obs_status
    end as obs_status,
    case
        when converted.cell_value is not null and converted.obs_value is null then 'error'
        else converted.missing_kind
    end as missing_kind,
    converted.growth_basis,
    converted.submission_id,
    submission.sequence_number,
    submission.received_at,
    submission.is_accepted,
    submission.file,
    converted.sheet,
    converted.cell,
    converted.row_number,
    converted.column_number,
    converted.row_label,
    converted.column_label,
    converted.cell_value,
    converted.cell_unit,
    converted.value_text
from converted
inner join {{ ref('stg_submission') }} as submission
    on converted.submission_id = submission.submission_id
