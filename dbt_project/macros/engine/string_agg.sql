{# Joins the texts of a group in a stated order. #}
{% macro string_agg(text, separator, order_by) -%}
    {{ adapter.dispatch('string_agg', 'govstats')(text, separator, order_by) }}
{%- endmacro %}

{% macro default__string_agg(text, separator, order_by) -%}
    listagg({{ text }}, {{ separator }}) within group (order by {{ order_by }})
{%- endmacro %}

{% macro duckdb__string_agg(text, separator, order_by) -%}
    string_agg({{ text }}, {{ separator }} order by {{ order_by }})
{%- endmacro %}
