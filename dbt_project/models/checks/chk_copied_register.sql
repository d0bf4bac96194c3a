-- Each listing of a register beside the one before it: how much of what usually moves is equal, and
-- how often that was so in its other listings.
with listing as (
    select
        layout_id,
        department_code,
        period_end,
        report_year,
        count(*) as n_entries,
        lag(period_end) over listings as previous_period_end,
        lag(count(*)) over listings as n_entries_before
    from {{ ref('int_register_listed') }}
    group by layout_id, department_code, period_end, report_year
    window listings as (partition by layout_id, department_code, report_year order by period_end)
),

compared as (
    select
        listing.layout_id,
        listing.department_code,
        listing.period_end,
        listing.previous_period_end,
        max(field.submission_id) as submission_id,
        max(field.file) as file,
        max(field.sheet) as sheet,
        sum(case when field.said is null then 0 else 1 end) as n_fields,
        -- what is finished stands still
        sum(case when field.said is null or progress.share_pct >= 100 then 0 else 1 end) as n_open,
        max(abs(listing.n_entries - listing.n_entries_before)) + sum(
            case
                when
                    field.previous_period_end = listing.previous_period_end
                    and coalesce(field.said, '') = coalesce(field.previous_said, '')
                    then 0
                else 1
            end
        ) as n_changed
    from listing
    inner join {{ ref('int_entry_beside') }} as field
        on {{ same_in('listing', 'field', ['layout_id', 'department_code', 'period_end']) }}
    inner join {{ ref('audit_entry_moves') }} as moves
        on {{ same_in('field', 'moves', ['register_kind', 'field_id']) }}
    left join {{ ref('chk_entry_progress') }} as progress
        on {{ same_in('field', 'progress', ['layout_id', 'department_code', 'entry_name', 'period_end']) }}
    where listing.previous_period_end is not null
    group by
        listing.layout_id, listing.department_code, listing.period_end, listing.previous_period_end
),

beside as (
    select
        *,
        case when n_changed = 0 then 1 else 0 end as is_still,
        count(*) over (partition by layout_id, department_code) - 1 as n_others,
        sum(case when n_changed = 0 then 1 else 0 end) over (
            partition by layout_id, department_code
        ) as n_still
    from compared
    where n_open > 0
)

select
    layout_id,
    department_code,
    period_end,
    previous_period_end,
    submission_id,
    file,
    sheet,
    cast(n_fields as integer) as n_fields,
    cast(n_open as integer) as n_open,
    cast(n_changed as integer) as n_changed,
    cast(n_others as integer) as n_others,
    {{ as_pct(safe_divide('n_still - is_still', 'n_others') ~ ' * 100') }} as others_still_pct
from beside
