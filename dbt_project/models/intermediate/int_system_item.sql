{#
  What each mart counts on the overview: its items, whose they are and how they stand. Which system
  a mart belongs to is said by the seed systems, what a state means by item_states.
#}
{% set marts = [
    ('fct_reporting_duty', 'duty_state', 'department'),
    ('fct_target_progress', 'status', 'area'),
    ('fct_area_scorecard', 'area_state', 'managed_by'),
    ('fct_key_project', 'project_state', 'department'),
    ('fct_case', 'case_state', 'department'),
    ('fct_livelihood_item', 'livelihood_state', 'department'),
    ('fct_community_score', 'community_state', 'department'),
    ('fct_budget', 'budget_state', 'area'),
    ('fct_peer_comparison', 'peer_state', 'area'),
    ('fct_revision', 'revision_state', 'department'),
    ('fct_quarter_review', 'movement', 'area')
] %}
{% set column = {'status': 'status', 'movement': 'movement'} %}
{# these two say how a row stands in a model of its own #}
{% set standing = {'fct_peer_comparison': 'int_peer_state', 'fct_revision': 'int_revision_state'} %}
with item as (
    {% for mart, list, owner in marts %}
        select
            '{{ mart }}' as mart,
            {% if mart == 'fct_case' %}case_kind{% else %}cast(null as varchar){% endif %} as subset,
            {% if owner == 'department' %}cast(null as varchar)
            {% elif owner == 'area' %}ref_area
            {% else %}{{ owner }}{% endif %} as district,
            {% if owner == 'department' %}department_code{% else %}cast(null as varchar){% endif %} as owner_code,
            period_end,
            '{{ list }}' as state_list,
            {{ column.get(list, 'state') }} as state
        from {{ ref(standing.get(mart, mart)) }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select
    item.mart,
    item.subset,
    coalesce(item.district, works_for.ref_area) as ref_area,
    item.period_end,
    item.state_list,
    item.state,
    count(*) as n_items
from item
left join {{ ref('department_areas') }} as works_for
    on item.owner_code = works_for.department_code
group by
    item.mart, item.subset, coalesce(item.district, works_for.ref_area),
    item.period_end, item.state_list, item.state
