-- How far the entries of a register usually are at a period: each entry's share of what it had done
-- by the end of its year, and of these the mean. Entries that did nothing all year say nothing.
with done as (
    select
        entry.layout_id,
        entry.department_code,
        entry.entry_name,
        period.report_year,
        period.month_number,
        period.is_year_end,
        max(entry.done_value) as done_value
    from {{ ref('int_register_entry') }} as entry
    inner join {{ ref('calendar') }} as period
        on entry.period_end = period.period_end
    where entry.is_current and entry.done_value is not null
    group by
        entry.layout_id, entry.department_code, entry.entry_name,
        period.report_year, period.month_number, period.is_year_end
),

share as (
    select
        part.layout_id,
        part.department_code,
        part.report_year,
        part.month_number,
        {{ safe_divide('part.done_value', 'whole.done_value') }} as share
    from done as part
    inner join done as whole
        on
            part.layout_id = whole.layout_id
            and part.department_code = whole.department_code
            and part.entry_name = whole.entry_name
            and part.report_year = whole.report_year
            and whole.is_year_end
            and whole.done_value > 0
)

select
    share.layout_id,
    share.department_code,
    period.period_end,
    count(*) as n_entries,
    {{ as_pct(safe_divide('sum(share.share)', 'count(share.share)') ~ ' * 100') }}
        as expected_pct_seasonal
from share
inner join {{ ref('calendar') }} as period
    on
        share.month_number = period.month_number
        and share.report_year < period.report_year
group by share.layout_id, share.department_code, period.period_end
