{# One column per role that a register may have; roles are the ids of fields in the layouts. #}
{% set figures = ['total_value', 'plan_value', 'month_value', 'done_value', 'score', 'rank_value',
    'area_value', 'price_value'] %}
{% set texts = ['stage', 'required', 'task', 'title', 'origin', 'owner', 'grade', 'change',
    'industry', 'location', 'lead', 'remark', 'done', 'due'] %}
{% set days = {'due': 'due_date', 'started_on': 'started_on', 'dispatched_on': 'dispatched_on',
    'closed_on': 'closed_on', 'changed_on': 'changed_on', 'listed_on': 'listed_on'} %}
{% set cells = ['name', 'case_number', 'stage', 'due', 'task', 'done_value', 'completion',
    'closed_on', 'score'] %}
{% set fields = {'required': 'required_text', 'done': 'done_value'} %}
with entry as (
    select
        submission_id,
        layout_id,
        register_kind,
        department_code,
        period_end,
        is_current,
        sheet,
        entry_number,
        {{ work_name('entry_key') }} as entry_key,
        max(section) as section,
        {{ of_role('lead', 'value_code') }} as lead_department_code,
        coalesce({{ of_role('area', 'value_code') }}, {{ of_role('location', 'value_code') }}) as ref_area,
        {% for role in figures %}
            {{ of_role(role, 'figure_value') }} as {{ role }},
        {% endfor %}
        {% for role in texts %}
            {{ of_role(fields.get(role, role), 'value_text') }} as {{ role }}_text,
        {% endfor %}
        {% for role, column in days.items() %}
            {{ of_role(role, 'value_date') }} as {{ column }},
        {% endfor %}
        {% for role in cells %}
            {{ of_role(role, 'cell') }} as {{ role }}_cell,
        {% endfor %}
        cast({{ of_role('completion', 'figure_value') }} as decimal(12, 4)) as completion_pct,
        {{ of_role('task', 'operator') }} as task_operator,
        {{ of_role('task', 'figure_value') }} as task_value,
        {{ of_role('task', 'value_unit') }} as task_unit,
        {{ of_role('done_value', 'unit_measure') }} as done_unit,
        {{ of_role('plan_value', 'unit_measure') }} as plan_unit,
        {{ of_role('stage', 'missing_kind') }} as stage_missing_kind,
        {{ of_role('done_value', 'missing_kind') }} as done_missing_kind,
        {{ of_role('closed_on', 'missing_kind') }} as closed_on_missing_kind
    from {{ ref('int_register_value') }}
    group by
        submission_id, layout_id, register_kind, department_code, period_end, is_current, sheet,
        entry_number, entry_key
)

select
    entry.*,
    coalesce(alias.entry_name, entry.entry_key) as entry_name,
    submission.sequence_number,
    submission.file,
    submission.received_at
from entry
inner join {{ ref('stg_submission') }} as submission
    on entry.submission_id = submission.submission_id
left join {{ ref('work_aliases') }} as alias
    on
        entry.layout_id = alias.layout_id
        and entry.entry_key = alias.alias
