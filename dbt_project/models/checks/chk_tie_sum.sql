-- Each figure of a sum that must come to nothing, beside what the rest of the sum says.
with term as (
    select * from {{ ref('chk_sum_term') }}
    union all
    select * from {{ ref('chk_month_term') }}
    union all
    select * from {{ ref('chk_pair_term') }}
),

summed as (
    select
        tie,
        tie_key,
        max(series_key) as series_key,
        count(*) as n_terms,
        max(n_expected) as n_expected,
        max(sign) as has_whole,
        sum(sign * value) as residual,
        sum(case when sign = 1 then value else 0 end) as whole_value,
        max(last_digit) as last_digit
    from term
    group by tie, tie_key
),

usual as (
    select
        series_key,
        coalesce(max(n_expected), max(n_terms)) as n_terms,
        percentile_disc(0.75) within group (
            order by
                abs({{ safe_divide('residual', 'whole_value') }})
        ) as usual_share
    from summed
    where has_whole = 1
    group by series_key
)

select
    summed.tie,
    summed.tie_key,
    term.cell_key,
    cast(term.sign as decimal(28, 10)) as slope,
    {{ to_decimal('summed.residual', 28, 10) }} as residual,
    greatest(
        {{ product('kind.smallest_off * summed.n_terms', 'summed.last_digit') }},
        {{ product('kind.spreads * usual.usual_share', 'abs(summed.whole_value)') }}
    ) as allowed
from summed
inner join usual on summed.series_key = usual.series_key
inner join {{ ref('audit_ties') }} as kind on summed.tie = kind.tie
inner join term on summed.tie = term.tie and summed.tie_key = term.tie_key
where summed.n_terms = usual.n_terms and summed.n_terms > 1 and summed.has_whole = 1
