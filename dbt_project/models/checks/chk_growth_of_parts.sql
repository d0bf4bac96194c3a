-- The level and growth of a whole beside what its parts' levels and growth give together.
{% set outside = 'level_pct < lowest_pct or level_pct > highest_pct' %}
with bond as (
    select
        identity_id as bond_id,
        whole_indicator_code,
        part_indicator_code,
        basis,
        cast(null as decimal(12, 4)) as lowest_pct,
        cast(null as decimal(12, 4)) as highest_pct
    from {{ ref('audit_identities') }}
    where is_exhaustive
    union all
    select
        {{ ['bond_id', 'whole_indicator_code', 'part_indicator_code', 'basis'] | join(', ') }},
        lowest_pct,
        highest_pct
    from {{ ref('audit_near_sums') }}
),

wanted as (
    select
        bond_id,
        whole_indicator_code,
        count(*) as n_parts,
        min(basis) as basis,
        min(lowest_pct) as lowest_pct,
        min(highest_pct) as highest_pct
    from bond
    group by bond_id, whole_indicator_code
),

part as (
    select
        bond.bond_id,
        figure.place_id,
        count(figure.level_value) as n_levels,
        count(figure.growth_value) as n_grown,
        sum(figure.level_value) as parts_value,
        -- a level over its growth is the level a year ago at this year's prices
        sum({{ safe_divide('figure.level_value * 100', '100 + figure.growth_value') }}) as parts_before
    from bond
    inner join {{ ref('chk_figure_abreast') }} as figure on bond.part_indicator_code = figure.indicator_code
    group by bond.bond_id, figure.place_id
),

computed as (
    select
        wanted.*,
        whole.*,
        part.n_grown,
        {{ as_figure('part.parts_value') }} as parts_value,
        ({{ safe_divide('whole.level_value', 'part.parts_value') }} - 1) * 100 as level_pct,
        ({{ safe_divide('part.parts_value', 'part.parts_before') }} - 1) * 100 as parts_growth
    from part
    inner join wanted on part.bond_id = wanted.bond_id and part.n_levels = wanted.n_parts
    inner join {{ ref('chk_figure_abreast') }} as whole
        on wanted.whole_indicator_code = whole.indicator_code and part.place_id = whole.place_id
)

{% for measure, unit in [('level', 'level_unit'), ('growth', "'" ~ var('percent_unit') ~ "'")] %}
    select
        {{ ['bond_id', 'indicator_code', 'ref_area', 'scope', 'period_end', 'period_type'] | join(', ') }},
        '{{ measure }}' as measure,
        {{ ['growth_basis', 'department_code', 'layout_id', 'submission_id', 'file', 'sheet'] | join(', ') }},
        {{ measure }}_cell as cell,
        {{ measure }}_value as value,
        {{ unit }} as unit_measure,
        {{ 'parts_value' if measure == 'level' else as_figure('round(parts_growth, 4)') }} as expected_value,
        {{ as_pct('level_pct' if measure == 'level' else 'growth_value - parts_growth') }} as difference_pct,
        {{ outside if measure == 'level' else 'false' }} as is_outside,
        {{ ['lowest_pct', 'highest_pct', 'basis'] | join(', ') }}
    from computed
    {% if measure == 'level' %}
        where level_value is not null and lowest_pct is not null
        union all
    {% else %}where growth_value is not null and n_grown = n_parts{% endif %}
{% endfor %}
