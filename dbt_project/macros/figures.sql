{# Arithmetic that gives the same digits on every engine and in every run. #}

{# n / d as decimal(28,10); null for a zero divisor. Engines disagree on the type of a quotient of
   decimals (DuckDB gives a double), so it is rounded and cast back before anything is summed. #}
{% macro safe_divide(n, d) -%}
    {{ to_decimal('round(cast(' ~ n ~ ' as double) / nullif(cast(' ~ d ~ ' as double), 0), 10)', 28, 10) }}
{%- endmacro %}

{# A figure in a mart: rounded half away from zero to six digits. #}
{% macro as_figure(expression) -%}
    {{ to_decimal('round(' ~ expression ~ ', 6)', 24, 6) }}
{%- endmacro %}

{# A percentage or a difference of percentages: four digits. #}
{% macro as_pct(expression) -%}
    {{ to_decimal('round(' ~ expression ~ ', 4)', 12, 4) }}
{%- endmacro %}

{# A figure of a cell in another unit of its kind; null where it does not fit. 14 digits before the
   point and a factor of up to 10^8 cannot overflow together. #}
{% macro in_unit(value, given_factor, wanted_factor) -%}
    {{ as_figure(
        to_decimal(value, 22, 8) ~ ' * cast(' ~ safe_divide(given_factor, wanted_factor)
        ~ ' as decimal(18, 8))'
    ) }}
{%- endmacro %}
