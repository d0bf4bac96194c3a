{#
  The coverage is filled after the build, hence a view. Named without its database, so that the
  view still works where the file is attached under another name.
#}
{{ config(materialized='view') }}

with figure as (
    select
        submission_id,
        sheet,
        cell,
        department_code,
        layout_id,
        period_end,
        indicator_code,
        measure,
        cast(null as varchar) as field_id
    from {{ ref('fct_observation').include(database=false) }}
    where obs_value is not null
    union all
    -- a merged cell speaks for several entries and is one figure
    select distinct
        submission_id,
        sheet,
        cell,
        department_code,
        layout_id,
        period_end,
        cast(null as varchar) as indicator_code,
        cast(null as varchar) as measure,
        field_id
    from {{ ref('fct_entry_value').include(database=false) }}
    where is_current and value_number is not null
)

select
    figure.submission_id,
    figure.sheet,
    figure.cell,
    figure.department_code,
    figure.layout_id,
    figure.period_end,
    figure.indicator_code,
    figure.measure,
    figure.field_id,
    coalesce(coverage.n_rules, 0) as n_rules,
    coalesce(coverage.kinds, '') as kinds,
    coverage.n_rules is not null as is_touched
from figure
left join {{ source('raw', 'rule_coverage').include(database=false) }} as coverage
    on
        figure.submission_id = coverage.submission_id
        and figure.sheet = coverage.sheet
        and figure.cell = coverage.cell
