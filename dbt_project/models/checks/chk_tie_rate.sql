-- Each reported rate of completion or growth, less what level and plan, or the levels of two years,
-- give; digits is what rounding alone can make of it.
{% set same = ['layout_id', 'department_code', 'indicator_code', 'ref_area', 'scope'] %}
with figure as (
    select
        chk.*,
        {{ cell_key('chk') }} as cell_key,
        {{ tie_key('chk', same + ['period_type', 'measure']) }} as tie_key
    from {{ ref('chk_figure') }} as chk
),

three as (
    {% for tie, base, less in [('completion', 'plan', 0), ('growth', 'level', 100)] %}
        select
            '{{ tie }}' as tie,
            rate.*,
            done.value as level_value,
            done.cell_key as level_cell_key,
            base.value as base_value,
            base.cell_key as base_cell_key,
            cast({{ less }} as decimal(24, 6)) as offset_value,
            -- a rate of completion printed in whole percent says no more than that
            case when rate.measure = 'completion' and rate.value = floor(rate.value) then 5 else 1 end
                as n_digits,
            done.last_digit as level_digit,
            base.last_digit as base_digit
        from figure as rate
        inner join figure as done
            on
                {{ same_in('rate', 'done', same) }}
                and rate.period_end = done.period_end
                and rate.period_type = done.period_type
        inner join figure as base
            on
                {{ same_in('done', 'base', same) }}
                {% if tie == 'completion' %}
                    and done.period_end = base.period_end
                {% else %}
                    and done.period_type = base.period_type
                    and done.month_number = base.month_number
                    and done.report_year = base.report_year + 1
                {% endif %}
        where
            rate.measure = '{{ tie }}' and done.measure = 'level' and base.measure = '{{ base }}'
            and base.value > 0
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select
    tie,
    tie_key || '/' || tie as tie_key,
    tie || '/' || layout_id || '/' || indicator_code || '/' || period_type as series_key,
    tie || '/' || layout_id || '/' || indicator_code || '/' || period_type || '/'
    || cast(report_year as varchar) as middle_key,
    cell_key,
    level_cell_key,
    base_cell_key,
    {{ as_figure('value + offset_value') }} as rate_value,
    base_value,
    {{ to_decimal('value - ' ~ safe_divide('level_value', 'base_value') ~ ' * 100 + offset_value', 28, 10) }}
        as residual,
    {{ to_decimal(
        'n_digits * last_digit'
        ~ ' + ' ~ safe_divide('50 * level_digit', 'base_value')
        ~ ' + ' ~ safe_divide(
            product('50 * base_digit', safe_divide('level_value', 'base_value')), 'base_value'
        ),
        28, 10
    ) }} as digits
from three
