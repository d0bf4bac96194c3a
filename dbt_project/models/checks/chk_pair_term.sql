-- Each plan with the one reported before and each figure with the same one of another sheet, signed:
-- they must come to nothing.
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

paired as (
    select
        'plan' as tie,
        later.tie_key,
        {{ cell_key('later') }} as cell_key,
        {{ cell_key('earlier') }} as other_cell_key,
        later.value,
        earlier.value as other_value,
        later.last_digit
    from figure as later
    inner join figure as earlier
        on
            {{ same_in('later', 'earlier', series) }}
            and later.previous_period_end = earlier.period_end
    where later.measure = 'plan'
    union all
    select
        'sheets' as tie,
        later.tie_key || '/' || other.layout_id || '/' || other.department_code as tie_key,
        {{ cell_key('later') }} as cell_key,
        {{ cell_key('other') }} as other_cell_key,
        later.value,
        other.value as other_value,
        greatest(later.last_digit, other.last_digit) as last_digit
    from figure as later
    inner join figure as other
        on
            {{ same_in('later', 'other', shared) }}
            and later.period_type = other.period_type
            and later.period_end = other.period_end
            and later.layout_id < other.layout_id
)

{% for cell, figure, sign in [('cell_key', 'value', 1), ('other_cell_key', 'other_value', -1)] %}
    select
        tie,
        tie_key,
        tie_key as series_key,
        {{ cell }} as cell_key,
        {{ sign }} as sign,
        2 as n_expected,
        {{ figure }} as value,
        last_digit
    from paired
    {% if not loop.last %}union all{% endif %}
{% endfor %}
