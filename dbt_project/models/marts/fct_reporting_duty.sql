with stood as (
    select
        due.*,
        coming.submission_id as first_submission_id,
        coming.file as first_file,
        coming.received_at as first_received_at,
        coming.n_files as n_accepted,
        latest.submission_id,
        latest.file,
        refused.n_files as n_refused,
        waiting.submission_id as held_submission_id,
        waiting.file as held_file,
        waiting.n_files as n_held,
        coalesce(cast(coming.received_at as date), due.seen_on) as counted_to,
        case
            when coming.submission_id is null and waiting.submission_id is not null then 'held'
            when coming.submission_id is null and due.is_overdue then 'missing'
            when coming.submission_id is null then 'not_due'
            when cast(coming.received_at as date) <= due.due_date then 'on_time'
            else 'late'
        end as state
    from {{ ref('int_due_period') }} as due
    {% for name, status, place in [
        ('coming', 'accepted', '1'), ('latest', 'accepted', 'latest.n_files'),
        ('refused', 'refused', '1'), ('waiting', 'held', 'waiting.n_files')
    ] %}
        left join {{ ref('int_duty_submission') }} as {{ name }}
            on
                due.layout_id = {{ name }}.layout_id
                and due.department_code = {{ name }}.department_code
                and due.period_end = {{ name }}.period_end
                and {{ name }}.status = '{{ status }}'
                and {{ name }}.place = {{ place }}
    {% endfor %}
),

dated as (
    select
        *,
        {{ dbt.datediff('due_date', 'counted_to', 'day') }}
            as days_past
    from stood
)

select
    dated.department_code,
    dated.layout_id,
    dated.layout_zh,
    dated.period_end,
    dated.freq,
    dated.due_date,
    dated.first_received_at,
    dated.state,
    word.name_zh as state_zh,
    cast(
        case
            when dated.state in ('late', 'missing') then dated.days_past
            when dated.state = 'held' and dated.is_overdue then dated.days_past
            else 0
        end as integer
    ) as n_days_late,
    cast(coalesce(dated.n_accepted, 0) as integer) as n_accepted,
    cast(case when dated.n_accepted > 1 then dated.n_accepted - 1 else 0 end as integer) as n_revisions,
    cast(coalesce(dated.n_refused, 0) as integer) as n_refused,
    cast(coalesce(dated.n_held, 0) as integer) as n_held,
    dated.first_submission_id,
    dated.first_file,
    dated.submission_id,
    dated.file,
    dated.held_submission_id,
    dated.held_file
from dated
inner join {{ ref('codes') }} as word
    on dated.state = word.code and word.list = 'duty_state'
order by dated.department_code, dated.layout_id, dated.period_end
