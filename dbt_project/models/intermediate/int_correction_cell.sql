-- The figures that the cells of corrections hold in any submission, crossing or register. A merged
-- cell of a register speaks for several entries.
with place as (
    select distinct
        layout_id,
        sheet,
        cell
    from {{ ref('stg_correction') }}
)

select
    observation.submission_id,
    observation.layout_id,
    observation.sheet,
    observation.cell,
    {{ figure_key('observation') }} as figure,
    cast(null as integer) as entry_number,
    cast(null as varchar) as field_id,
    observation.cell_value,
    observation.cell_unit,
    observation.value_text
from place
inner join {{ ref('stg_observation') }} as observation
    on
        place.layout_id = observation.layout_id
        and place.sheet = observation.sheet
        and place.cell = observation.cell
union all
select
    entry.submission_id,
    entry.layout_id,
    entry.sheet,
    entry.cell,
    {{ entry_figure_key('entry') }} as figure,
    entry.entry_number,
    entry.field_id,
    entry.value_number as cell_value,
    entry.value_unit as cell_unit,
    entry.value_text
from place
inner join {{ source('raw', 'entry_value') }} as entry
    on
        place.layout_id = entry.layout_id
        and place.sheet = entry.sheet
        and place.cell = entry.cell
where entry.field_type = 'number'
