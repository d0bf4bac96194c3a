-- Each cumulative figure with the one before and the month between, signed: they must come to nothing.
{% set series = [
    'layout_id', 'department_code', 'indicator_code', 'ref_area', 'scope', 'period_type', 'measure'
] %}
{% set shared = ['indicator_code', 'ref_area', 'scope', 'measure'] %}
with figure as (
    select
        chk.*,
        {{ tie_key('chk', series) }} as tie_key
    from {{ ref('chk_figure') }} as chk
),

-- a month may lie between two cumulative figures only if nothing else does
summed as (
    select
        total.tie_key,
        {% for term, sign in [('total', 1), ('earlier', -1), ('single', -1)] %}
            {{ cell_key(term) }} as {{ term }}_cell_key,
            {{ term }}.value as {{ term }}_value,
        {% endfor %}
        total.last_digit
    from figure as total
    inner join figure as earlier
        on
            {{ same_in('total', 'earlier', series) }}
            and total.previous_period_end = earlier.period_end
            and total.month_number = earlier.month_number + 1
    inner join figure as single
        on
            {{ same_in('total', 'single', shared) }}
            and total.layout_id = single.layout_id
            and total.department_code = single.department_code
            and total.period_end = single.period_end
    where total.measure = 'level' and total.period_type = 'ytd' and single.period_type = 'month'
)

{% for term, sign in [('total', 1), ('earlier', -1), ('single', -1)] %}
    select
        'cumulative' as tie,
        tie_key,
        tie_key as series_key,
        {{ term }}_cell_key as cell_key,
        {{ sign }} as sign,
        3 as n_expected,
        {{ term }}_value as value,
        last_digit
    from summed
    {% if not loop.last %}union all{% endif %}
{% endfor %}
