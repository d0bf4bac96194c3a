-- Each reported rate of completion of an entry beside the rate that its figures give.
{% set shared = [
    'layout_id', 'department_code', 'entry_name', 'period_end', 'submission_id', 'file', 'sheet'
] %}
with reported as (
    {% for mart, plan in [('fct_key_project', 'plan_value'), ('fct_livelihood_item', 'task_value')] %}
        select
            {{ shared | join(', ') }},
            completion_cell as cell,
            reported_completion_pct as value,
            done_value,
            {{ plan }} as plan_value,
            unit_measure as figure_unit,
            completion_pct,
            difference_pp
        from {{ ref(mart) }}
        where reported_completion_pct is not null
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select
    {{ shared | join(', ') }},
    cell,
    {{ as_figure('value') }} as value,
    '{{ var("percent_unit") }}' as unit_measure,
    done_value,
    plan_value,
    figure_unit,
    {{ as_figure('completion_pct') }} as expected_value,
    {{ as_figure('difference_pp') }} as difference_pp,
    -- a rate above zero says that something was done: then the figure must be there
    value > 0 and plan_value is not null and done_value is null as is_without_figure
from reported
