-- Each comparison of rates, centred on the usual difference and with the usual spread of its series.
with tie as (
    select
        tie,
        tie_key,
        series_key,
        middle_key,
        residual,
        digits
    from {{ ref('chk_tie_rate') }}
    union all
    select
        tie,
        tie_key,
        series_key,
        middle_key,
        residual,
        digits
    from {{ ref('chk_tie_move') }}
),

{% for middle in ['middle', 'series'] %}
    {{ middle }}_usual as (
        select
            {{ middle }}_key,
            count(*) as n_ties,
            percentile_disc(0.5) within group (order by residual) as middle_value
        from tie
        group by {{ middle }}_key
    ),
{% endfor %}

centred as (
    select
        tie.*,
        kind.smallest_off,
        kind.spreads,
        kind.fewest,
        series_usual.n_ties,
        case
            when kind.spreads = 0 then tie.residual
            when middle_usual.n_ties > 3 then tie.residual - middle_usual.middle_value
            when series_usual.n_ties > 3 then tie.residual - series_usual.middle_value
        end as centred_value
    from tie
    inner join {{ ref('audit_ties') }} as kind on tie.tie = kind.tie
    inner join middle_usual on tie.middle_key = middle_usual.middle_key
    inner join series_usual on tie.series_key = series_usual.series_key
),

spread as (
    select
        series_key,
        percentile_disc(0.75) within group (order by abs(centred_value)) as deviation
    from centred
    group by series_key
)

select
    centred.tie,
    centred.tie_key,
    {{ to_decimal('centred.centred_value', 28, 10) }} as residual,
    greatest(
        {{ product('centred.smallest_off', 'centred.digits') }},
        {{ product('centred.spreads', 'spread.deviation') }}
    ) as allowed
from centred
inner join spread on centred.series_key = spread.series_key
where centred.centred_value is not null and centred.n_ties >= centred.fewest
