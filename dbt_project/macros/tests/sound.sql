{#
  One query for all that must hold of a table, because every test of its own costs dbt as much as
  a model. Gives a row per problem: column, value, what is wrong.

  required    columns that are never empty
  unique      columns, or lists of columns, whose values occur once
  codes       column -> list of the seed `codes` that has its values
  references  column -> [model, column] that has its values
  rules       expressions that are true of every row
#}
{% test sound(model, required=[], unique=[], codes={}, references={}, rules=[]) %}
{% set problems = [] %}

{% for column in required %}
    {% do problems.append(govstats.problem(column, "''", 'is empty', model, column ~ ' is null')) %}
{% endfor %}

{% for key in unique %}
    {% set columns = [key] if key is string else key %}
    {% set shown = "cast(" ~ columns | join(" as varchar) || ' ' || cast(") ~ " as varchar)" %}
    {% set once %}
        (select {{ columns | join(', ') }} from {{ model }}
        where {{ columns | join(' is not null and ') }} is not null
        group by {{ columns | join(', ') }} having count(*) > 1) as repeated
    {% endset %}
    {% do problems.append(govstats.problem(columns | join(', '), shown, 'occurs more than once', once, 'true')) %}
{% endfor %}

{% for column, list in codes.items() %}
    {% set known = "select code from " ~ ref('codes') ~ " where list = '" ~ list ~ "'" %}
    {% do problems.append(govstats.problem(column, column, 'is not a code of ' ~ list, model, column ~ ' not in (' ~ known ~ ')')) %}
{% endfor %}

{% for column, target in references.items() %}
    {% set known = 'select ' ~ target[1] ~ ' from ' ~ ref(target[0]) %}
    {% do problems.append(govstats.problem(column, column, 'is not in ' ~ target[0], model, column ~ ' not in (' ~ known ~ ')')) %}
{% endfor %}

{% for rule in rules %}
    {% do problems.append(govstats.problem('row', "''", 'breaks the rule: ' ~ rule | replace("'", ''), model, 'coalesce(not (' ~ rule ~ '), true)')) %}
{% endfor %}

{{ problems | join('\nunion all\n') }}
{% endtest %}

{% macro problem(column, value, what, relation, condition) -%}
    select '{{ column }}' as column_name, cast({{ value }} as varchar) as found, '{{ what }}' as problem
    from {{ relation }} where {{ condition }}
{%- endmacro %}
