-- Each move from one period of a year to the next: of a growth, a rate or a stock (step), of the
-- change of a level on last year (path), and of a cumulative figure, which does not fall (rise).
{% set series = [
    'layout_id', 'department_code', 'indicator_code', 'ref_area', 'scope', 'period_type', 'measure'
] %}
with figure as (
    select
        chk.*,
        indicator.flow_stock,
        {{ cell_key('chk') }} as cell_key,
        {{ tie_key('chk', series) }} as tie_key
    from {{ ref('chk_figure') }} as chk
    inner join {{ ref('dim_indicator') }} as indicator
        on chk.indicator_code = indicator.indicator_code
    where chk.measure in ('level', 'growth') and chk.period_type <> 'month'
),

pair as (
    select
        later.*,
        earlier.cell_key as before_cell_key,
        earlier.value as before_value,
        earlier.last_year_value as before_last_year_value,
        later.change_on_last_year_pct - earlier.change_on_last_year_pct as path_move
    from figure as later
    inner join figure as earlier
        on
            {{ same_in('later', 'earlier', series) }}
            and later.previous_period_end = earlier.period_end
),

moved as (
    {% for tie, residual, slope, before_slope, condition in [
        ('step', 'value - before_value', '1', '-1',
            "measure = 'growth' or period_type = 'instant' or flow_stock = 'rate'"),
        ('rise', 'before_value - value', '-1', '1',
            "measure = 'level' and period_type = 'ytd' and flow_stock = 'flow'"),
        ('path', 'path_move', safe_divide('100', 'last_year_value'),
            safe_divide('-100', 'before_last_year_value'), "measure = 'level'")
    ] %}
        select
            pair.*,
            '{{ tie }}' as tie,
            {{ residual }} as residual,
            {{ slope }} as slope,
            {{ before_slope }} as before_slope
        from pair
        where {{ condition }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select
    tie,
    tie_key || '/' || tie as tie_key,
    tie || '/' || layout_id || '/' || indicator_code || '/' || measure as series_key,
    tie || '/' || layout_id || '/' || indicator_code || '/' || measure || '/'
    || cast(period_end as varchar) as middle_key,
    cell_key,
    before_cell_key,
    {{ to_decimal('slope', 28, 10) }} as slope,
    {{ to_decimal('before_slope', 28, 10) }} as before_slope,
    {{ to_decimal('residual', 28, 10) }} as residual,
    -- where a level counts a few, one more or less is much
    {{ product('abs(slope)', 'last_digit') }} as digits
from moved
where residual is not null and slope is not null and before_slope is not null
