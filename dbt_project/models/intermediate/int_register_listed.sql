-- Of entries with one name in one sheet the first counts; the others are a finding.
select
    entry.layout_id,
    entry.department_code,
    entry.register_kind,
    entry.entry_name,
    entry.period_end,
    period.report_year,
    min(entry.entry_number) as entry_number,
    min(entry.period_end) over (
        partition by entry.layout_id, entry.department_code, entry.entry_name, period.report_year
    ) as first_period_end
from {{ ref('int_register_entry') }} as entry
inner join {{ ref('calendar') }} as period
    on entry.period_end = period.period_end
where entry.is_current and entry.entry_name is not null
group by
    entry.layout_id, entry.department_code, entry.register_kind, entry.entry_name,
    entry.period_end, period.report_year
