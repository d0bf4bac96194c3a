-- What the cell of each correction holds in each submission of its table. The figure is part of
-- the guard: where rows were inserted, another figure with the same value may stand in the cell.
-- A correction of what the audit holds waits; it is not without a sheet.
with tables as (
    select
        held.submission_id,
        held.layout_id,
        held.department_code,
        held.time_period,
        submission.file,
        submission.received_at,
        row_number() over (
            partition by held.department_code, held.time_period, held.layout_id
            order by submission.received_at desc, submission.sequence_number desc
        ) as recency
    from {{ ref('stg_submission_layout') }} as held
    inner join {{ ref('stg_submission') }} as submission
        on held.submission_id = submission.submission_id
    where submission.is_accepted
),

found as (
    select
        correction.*,
        tables.submission_id,
        tables.file as submission_file,
        tables.received_at,
        tables.recency,
        held.figure as found_figure,
        held.cell_value as found_cell_value,
        held.cell_unit as found_unit,
        held.value_text as found_text,
        held.entry_number,
        held.field_id,
        waiting.file is not null as is_waiting,
        row_number() over (
            partition by correction.correction_id, tables.submission_id
            order by case when held.figure = correction.figure then 0 else 1 end, held.figure
        ) as choice
    from {{ ref('stg_correction') }} as correction
    left join tables
        on
            correction.department_code = tables.department_code
            and correction.time_period = tables.time_period
            and correction.layout_id = tables.layout_id
            and (correction.file is null or correction.file = tables.file)
    left join {{ ref('int_table_held') }} as waiting
        on
            tables.submission_id is null
            and correction.department_code = waiting.department_code
            and correction.time_period = waiting.time_period
            and correction.layout_id = waiting.layout_id
            and (correction.file is null or correction.file = waiting.file)
    left join {{ ref('int_correction_cell') }} as held
        on
            tables.submission_id = held.submission_id
            and tables.layout_id = held.layout_id
            and correction.sheet = held.sheet
            and correction.cell = held.cell
)

select
    *,
    recency = 1 as is_current,
    cast(row_number() over (partition by correction_id order by recency desc) as integer)
        as submission_number,
    case
        when withdrawn_on is not null then 'withdrawn'
        when is_waiting then 'held'
        when submission_id is null then 'unmatched'
        when found_figure is null or found_figure <> figure then 'source_changed'
        when coalesce(found_unit, '') <> coalesce(value_unit, '') then 'source_changed'
        when found_cell_value = old_value then 'applied'
        when found_cell_value = new_value then 'source_agrees'
        when found_cell_value is null and new_value is null then 'source_agrees'
        else 'source_changed'
    end as state
from found
where choice = 1
