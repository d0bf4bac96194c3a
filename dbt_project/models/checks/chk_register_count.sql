-- Each reported total beside what the entries of the ledger of the same period add up to; a ledger
-- without such entries adds up to zero, one that never came is not compared.
with ledger as (
    select
        total.total_id,
        entry.layout_id,
        entry.department_code,
        entry.period_end,
        case when total.is_by_area then entry.ref_area end as ref_area,
        cast(
            sum(case when total.counted = 'area' then coalesce(entry.area_value, 0) else 1 end)
            as decimal(24, 6)
        ) as counted_value
    from {{ ref('register_totals') }} as total
    inner join {{ ref('int_register_entry') }} as entry
        on total.layout_id = entry.layout_id
    where
        entry.is_current
        and (total.change_word is null or entry.change_text like '%' || total.change_word || '%')
        and (not total.is_open_only or coalesce(entry.closed_on > entry.period_end, true))
    group by
        total.total_id, entry.layout_id, entry.department_code, entry.period_end,
        case when total.is_by_area then entry.ref_area end
)

select
    total.total_id,
    reported.indicator_code,
    reported.ref_area,
    reported.period_end,
    reported.department_code,
    asked.layout_id,
    total.basis_zh as basis,
    reported.submission_id,
    reported.file,
    reported.sheet,
    reported.cell,
    reported.obs_value as value,
    reported.unit_measure,
    coalesce(ledger.counted_value, cast(0 as decimal(24, 6))) as expected_value,
    {{ as_figure('reported.obs_value - coalesce(ledger.counted_value, 0)') }} as difference,
    came.file as ledger_file
from {{ ref('register_totals') }} as total
inner join {{ ref('int_register_asked') }} as asked
    on total.layout_id = asked.layout_id
inner join {{ ref('stg_submission') }} as came
    on asked.submission_id = came.submission_id
inner join {{ ref('department_areas') }} as works_for
    on asked.department_code = works_for.department_code
inner join {{ ref('fct_observation') }} as reported
    on
        total.indicator_code = reported.indicator_code
        and asked.department_code = reported.department_code
        and asked.period_end = reported.period_end
        and reported.measure = 'level'
        and reported.period_type in ('ytd', 'instant')
        and total.is_by_area <> (works_for.ref_area = reported.ref_area)
        and reported.obs_value is not null
left join ledger
    on
        total.total_id = ledger.total_id
        and asked.department_code = ledger.department_code
        and asked.period_end = ledger.period_end
        and coalesce(case when total.is_by_area then reported.ref_area end, '')
        = coalesce(ledger.ref_area, '')
