{# A name as it is looked up: without white space and the marks that stand before names on sheets. #}
{% macro work_name(text) -%}
    {%- set stripped = namespace(sql=text) -%}
    {%- for mark in [' ', '　', '▲', '△', '★', '☆', '●', '*'] -%}
        {%- set stripped.sql = 'replace(' ~ stripped.sql ~ ", '" ~ mark ~ "', '')" -%}
    {%- endfor -%}
    {%- for code in [9, 10, 13, 160] -%}
        {%- set stripped.sql = 'replace(' ~ stripped.sql ~ ', chr(' ~ code ~ "), '')" -%}
    {%- endfor -%}
    {{ stripped.sql }}
{%- endmacro %}
