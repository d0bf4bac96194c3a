-- Each figure that is compared with others, and whether it is the one to blame where they disagree.
with named as (
    select
        gain.*,
        kind.name_zh,
        kind.name_en,
        row_number() over (
            partition by gain.cell_key
            order by gain.weight desc, gain.gain desc, gain.tie asc, gain.tie_key asc
        ) as place
    from {{ ref('chk_tie_gain') }} as gain
    inner join {{ ref('audit_ties') }} as kind
        on gain.tie = kind.tie
    where gain.is_named
),

kinds as (
    select
        cell_key,
        {{ string_agg('name_zh', "'、'", 'tie') }} as ties_zh,
        {{ string_agg('name_en', "', '", 'tie') }} as ties_en
    from (select distinct
        cell_key,
        tie,
        name_zh,
        name_en
    from named) as once
    group by cell_key
),

compared as (
    select
        cell_key,
        cast(count(*) as integer) as n_ties
    from {{ ref('chk_tie_figure') }}
    group by cell_key
),

blamed as (
    select
        cell_key,
        cast(count(*) as integer) as n_blaming
    from named
    group by cell_key
)

select
    figure.indicator_code,
    figure.ref_area,
    figure.scope,
    figure.period_end,
    figure.period_type,
    figure.measure,
    figure.department_code,
    figure.layout_id,
    figure.submission_id,
    figure.file,
    figure.sheet,
    figure.cell,
    figure.value,
    figure.unit_measure,
    compared.n_ties,
    coalesce(blamed.n_blaming, 0) as n_blaming,
    {{ as_figure('figure.value + named.correction') }} as expected_value,
    kinds.ties_zh,
    kinds.ties_en
from {{ ref('chk_figure') }} as figure
inner join compared
    on compared.cell_key = {{ cell_key('figure') }}
left join named
    on compared.cell_key = named.cell_key and named.place = 1
left join kinds
    on compared.cell_key = kinds.cell_key
left join blamed
    on compared.cell_key = blamed.cell_key
