{# What a cell reports, as corrections name it: the key of a row of observations as one text. #}
{% macro figure_key(row) -%}
    {{ row }}.indicator_code || '/' || {{ row }}.ref_area || '/' || {{ row }}.scope
    || '/' || cast({{ row }}.period_end as varchar) || '/' || {{ row }}.period_type
    || '/' || {{ row }}.measure
{%- endmacro %}

{# The same for a value of a register: entry and field; an entry without a key has its number. #}
{% macro entry_figure_key(row) -%}
    coalesce({{ row }}.entry_key, cast({{ row }}.entry_number as varchar)) || '/' || {{ row }}.field_id
{%- endmacro %}
