-- The pulls, or the shares, of all parts of a whole against its growth, or a hundred.
with part as (
    select
        part.*,
        bond.identity_id,
        bond.basis,
        -- the part that lies farthest from what its sheet gives is where to look first
        row_number() over (
            partition by bond.identity_id, part.place_id, part.measure
            order by abs(coalesce(part.difference_pp, 0)) desc, part.indicator_code asc
        ) as suspicion
    from {{ ref('chk_contribution') }} as part
    inner join {{ ref('audit_identities') }} as bond
        on
            part.indicator_code = bond.part_indicator_code
            and part.whole_indicator_code = bond.whole_indicator_code
    where bond.is_exhaustive
),

summed as (
    select
        identity_id,
        place_id,
        measure,
        cast(count(*) as integer) as n_parts_found,
        sum(value) as parts_value
    from part
    group by identity_id, place_id, measure
),

expected as (
    select
        identity_id,
        cast(count(*) as integer) as n_parts_expected
    from {{ ref('audit_identities') }}
    group by identity_id
),

beside as (
    select
        part.*,
        summed.n_parts_found,
        summed.parts_value,
        expected.n_parts_expected,
        whole.growth_cell as whole_growth_cell,
        case when part.measure = 'share' then 100 else whole.growth_value end as wanted_value
    from part
    inner join summed
        on
            part.identity_id = summed.identity_id
            and part.place_id = summed.place_id
            and part.measure = summed.measure
    inner join expected on part.identity_id = expected.identity_id
    left join {{ ref('chk_figure_abreast') }} as whole
        on
            part.whole_indicator_code = whole.indicator_code
            and part.place_id = whole.place_id
    where part.suspicion = 1
)

select
    {{ ['identity_id', 'whole_indicator_code', 'indicator_code', 'ref_area', 'scope', 'period_end',
        'period_type', 'measure', 'department_code', 'layout_id', 'submission_id', 'file', 'sheet',
        'cell', 'n_parts_expected', 'n_parts_found'] | join(', ') }},
    whole_growth_cell as growth_cell,
    unit_measure,
    {{ as_figure('parts_value') }} as value,
    {{ as_figure('wanted_value') }} as expected_value,
    {{ as_figure('parts_value - wanted_value') }} as difference_pp,
    {{ as_figure(
        'round(' ~ safe_divide('parts_value - wanted_value', '(n_parts_found + 1) * last_digit') ~ ', 4)'
    ) }} as digits_off_per_term,
    basis
from beside
