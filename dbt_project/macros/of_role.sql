{# What an entry of a register says in one field; used where its fields are grouped. #}
{% macro of_role(role, column) -%}
    max(case when field_id = '{{ role }}' then {{ column }} end)
{%- endmacro %}
