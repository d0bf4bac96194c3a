-- Each figure per head beside total over population of the same sheet.
with beside as (
    select
        reported.*,
        rule.basis,
        total.level_value as total_value,
        total.level_unit as total_unit,
        population.level_value as population_value,
        population.level_unit as population_unit
    from {{ ref('chk_figure_abreast') }} as reported
    inner join {{ ref('audit_per_heads') }} as rule
        on reported.indicator_code = rule.per_head_indicator_code
    inner join {{ ref('chk_figure_abreast') }} as total
        on
            rule.total_indicator_code = total.indicator_code
            and reported.place_id = total.place_id
    inner join {{ ref('chk_figure_abreast') }} as population
        on
            rule.population_indicator_code = population.indicator_code
            and reported.place_id = population.place_id
),

computed as (
    select
        beside.*,
        {{ safe_divide(
            'beside.total_value * total_unit.factor_to_base',
            'beside.population_value * population_unit.factor_to_base * own_unit.factor_to_base'
        ) }} as computed_value
    from beside
    inner join {{ ref('units') }} as own_unit on beside.level_unit = own_unit.unit_measure
    inner join {{ ref('units') }} as total_unit on beside.total_unit = total_unit.unit_measure
    inner join {{ ref('units') }} as population_unit
        on beside.population_unit = population_unit.unit_measure
)

select
    indicator_code,
    ref_area,
    scope,
    period_end,
    period_type,
    'level' as measure,
    department_code,
    layout_id,
    submission_id,
    file,
    sheet,
    level_cell as cell,
    level_value as value,
    level_unit as unit_measure,
    total_value,
    total_unit,
    population_value,
    population_unit,
    {{ as_figure('round(computed_value, 2)') }} as expected_value,
    {{ as_pct('(' ~ safe_divide('level_value', 'computed_value') ~ ' - 1) * 100') }} as difference_pct,
    basis
from computed
where level_value is not null
