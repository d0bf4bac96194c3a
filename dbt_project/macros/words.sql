{# Fragments of the Chinese sentences in `working`. Each gives a text, null for a null figure. #}

{# Fragments one after the other; null when one is null. #}
{% macro joined() -%}
    {{ varargs | join(' || ') }}
{%- endmacro %}

{# 735.000000 -> 735 #}
{% macro plain(value, digits=2) -%}
    trim(trailing '.' from trim(trailing '0' from
        cast({{ to_decimal('round(' ~ value ~ ', ' ~ digits ~ ')', 24, digits) }} as varchar)))
{%- endmacro %}

{# 98 -> 98.0 #}
{% macro one_digit(value) -%}
    cast({{ to_decimal('round(' ~ value ~ ', 1)', 24, 1) }} as varchar)
{%- endmacro %}

{# 3.5 -> 同比增长3.5%   -1 -> 同比下降1%   0 -> 与上年同期持平 #}
{% macro growth_zh(value, digits=2) -%}
    case
        when {{ value }} > 0 then '同比增长' || {{ plain(value, digits) }} || '%'
        when {{ value }} < 0 then '同比下降' || {{ plain('abs(' ~ value ~ ')', digits) }} || '%'
        when {{ value }} = 0 then '与上年同期持平'
    end
{%- endmacro %}

{# -0.7 -> 低于目标0.7个百分点; `figure` is the text of the figure without its sign #}
{% macro against_zh(gap, what, figure, above, below, equal=none) -%}
    case
        when {{ gap }} > 0 then '{{ above }}' || {{ what }} || {{ figure }}
        when {{ gap }} < 0 then '{{ below }}' || {{ what }} || {{ figure }}
        when {{ gap }} = 0 then {{ equal or "'与' || " ~ what ~ " || '持平'" }}
    end
{%- endmacro %}

{# 5 百分点 -> 5个百分点; other units follow the figure directly #}
{% macro with_unit(figure, unit) -%}
    {{ figure }} || case when {{ unit }} = '{{ var("percentage_point_unit") }}' then '个' else '' end || {{ unit }}
{%- endmacro %}
