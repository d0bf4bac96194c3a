{# True of what is dated no later than the past day that is rebuilt (variable `as_of`). #}
{% macro known_then(moment) -%}
    {% if var('as_of') -%}
        cast({{ moment }} as date) <= cast('{{ var("as_of") }}' as date)
    {%- else -%}
        true
    {%- endif %}
{%- endmacro %}
