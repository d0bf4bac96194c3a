{# A figure as decimal; null where it does not fit, so that one absurd cell cannot stop a build. #}
{% macro to_decimal(expression, precision, scale) -%}
    {{ adapter.dispatch('to_decimal', 'govstats')(expression, precision, scale) }}
{%- endmacro %}

{% macro default__to_decimal(expression, precision, scale) -%}
    try_cast({{ expression }} as decimal({{ precision }}, {{ scale }}))
{%- endmacro %}
