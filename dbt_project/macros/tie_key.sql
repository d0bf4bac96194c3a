{# One comparison of figures as a text: its names and its period. #}
{% macro tie_key(row, names) -%}
    {% for name in names %}{{ row }}.{{ name }} || '/' || {% endfor %}cast({{ row }}.period_end as varchar)
{%- endmacro %}

{# Where a figure stands, as a text: no two figures share a cell of a submission. #}
{% macro cell_key(row) -%}
    {{ row }}.submission_id || '/' || {{ row }}.sheet || '/' || {{ row }}.cell
{%- endmacro %}

{# How far a comparison is off, in what it allows, up to four times: beyond that off is off. One
   that has a side is off on that side alone. #}
{% macro misfit(tie, residual) -%}
    least(
        {{ safe_divide(
            'case when ' ~ tie ~ '.is_one_sided then greatest(' ~ residual ~ ', 0) else abs(' ~ residual ~ ') end',
            tie ~ '.allowed'
        ) }},
        4
    )
{%- endmacro %}

{# A product as decimal(28,10), null where it does not fit: decimals of many digits would stop a
   build on one absurd cell. #}
{% macro product(a, b) -%}
    {{ to_decimal('round(cast(' ~ a ~ ' as double) * cast(' ~ b ~ ' as double), 10)', 28, 10) }}
{%- endmacro %}

{# Two rows agree in each of the columns named. #}
{% macro same_in(a, b, names) -%}
    {% for name in names %}{{ a }}.{{ name }} = {{ b }}.{{ name }}{{ ' and ' if not loop.last }}{% endfor %}
{%- endmacro %}
