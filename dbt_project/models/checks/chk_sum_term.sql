-- Each figure of a sum that must come to nothing, with its sign: a total less its parts and an area
-- less the areas below it, all of one sheet.
{% set sheet = ['layout_id', 'department_code'] %}
{% set kind = ['scope', 'period_type', 'measure'] %}
with amount as (
    select
        figure.*,
        area.parent_ref_area
    from {{ ref('chk_figure') }} as figure
    inner join {{ ref('measures') }} as measure
        on figure.measure = measure.measure
    inner join {{ ref('dim_area') }} as area
        on figure.ref_area = area.ref_area
    where measure.unit_measure is null
),

bond as (
    select
        identity_id,
        whole_indicator_code as indicator_code,
        1 as sign,
        count(*) + 1 as n_expected
    from {{ ref('audit_identities') }}
    where is_exhaustive
    group by identity_id, whole_indicator_code
    union all
    select
        identity_id,
        part_indicator_code,
        -1 as sign,
        count(*) over (partition by identity_id) + 1 as n_expected
    from {{ ref('audit_identities') }}
    where is_exhaustive
),

role as (
    select
        'parts' as tie,
        bond.identity_id as series_key,
        bond.sign,
        bond.n_expected,
        amount.*,
        bond.identity_id || '/' || {{ tie_key('amount', sheet + ['ref_area'] + kind) }} as tie_key
    from amount
    inner join bond on amount.indicator_code = bond.indicator_code
    {% for area, sign in [('ref_area', 1), ('parent_ref_area', -1)] %}
        union all
        select
            'areas' as tie,
            amount.{{ area }} as series_key,
            {{ sign }} as sign,
            null as n_expected,
            amount.*,
            amount.{{ area }} || '/' || {{ tie_key('amount', sheet + ['indicator_code'] + kind) }}
                as tie_key
        from amount
        inner join {{ ref('audit_area_sums') }} as additive
            on amount.indicator_code = additive.indicator_code
        where amount.{{ area }} is not null
    {% endfor %}
)

select
    role.tie,
    role.tie_key,
    series_key || '/' || role.layout_id || '/' || role.measure || '/' || role.period_type
    || case role.tie when 'areas' then '/' || role.indicator_code else '/' || role.ref_area end as series_key,
    {{ cell_key('role') }} as cell_key,
    role.sign,
    cast(n_expected as integer) as n_expected,
    role.value,
    role.last_digit
from role
