-- Each figure in each comparison that it takes part in: how far the comparison is off, what it
-- allows, and how much the difference moves when the figure moves by one.
-- A rate is compared as rate x base = level, which is linear in each of the three.
with rate as (
    select
        rate.*,
        usual.residual as distance_off,
        usual.allowed as off_allowed,
        rate.residual - usual.residual as usual_off
    from {{ ref('chk_tie_rate') }} as rate
    inner join {{ ref('chk_tie_off') }} as usual
        on rate.tie = usual.tie and rate.tie_key = usual.tie_key
),

member as (
    {% for cell, slope in [
        ('cell_key', product('base_value', '0.01')), ('level_cell_key', '-1'),
        ('base_cell_key', product('rate_value - usual_off', '0.01'))
    ] %}
        select
            tie,
            tie_key,
            {{ cell }} as cell_key,
            {{ slope }} as slope,
            {{ product('distance_off * 0.01', 'base_value') }} as residual,
            {{ product('off_allowed * 0.01', 'base_value') }} as allowed
        from rate
        union all
    {% endfor %}
    {% for role in ['', 'before_'] %}
        select
            moved.tie,
            moved.tie_key,
            {{ 'moved.' ~ role }}cell_key as cell_key,
            {{ 'moved.' ~ role }}slope as slope,
            usual.residual,
            usual.allowed
        from {{ ref('chk_tie_move') }} as moved
        inner join {{ ref('chk_tie_off') }} as usual
            on moved.tie = usual.tie and moved.tie_key = usual.tie_key
        union all
    {% endfor %}
    {% for role in ['', 'above_'] %}
        select
            ranked.tie,
            ranked.tie_key,
            {{ 'ranked.' ~ role }}cell_key as cell_key,
            {{ 'ranked.' ~ role }}slope as slope,
            ranked.residual,
            {{ product('kind.smallest_off', 'ranked.digits') }}
        from {{ ref('chk_tie_rank') }} as ranked
        inner join {{ ref('audit_ties') }} as kind
            on ranked.tie = kind.tie
        union all
    {% endfor %}
    select
        tie,
        tie_key,
        cell_key,
        slope,
        residual,
        allowed
    from {{ ref('chk_tie_sum') }}
)

select
    member.tie,
    member.tie_key,
    member.cell_key,
    {{ to_decimal('member.slope', 28, 10) }} as slope,
    {{ to_decimal('member.residual', 28, 10) }} as residual,
    {{ to_decimal('member.allowed', 28, 10) }} as allowed
from member
where member.slope <> 0 and member.allowed > 0
