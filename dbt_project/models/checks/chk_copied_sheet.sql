-- Each sheet beside the same sheet of an earlier period: how many of its figures are equal, and how
-- often all were in its other periods.
with compared as (
    select
        figure.*,
        'previous' as reference,
        '本年上期' as reference_zh,
        'the period before' as reference_en,
        figure.previous_value as reference_value
    from {{ ref('chk_figure') }} as figure
    where figure.previous_value is not null
    union all
    select
        figure.*,
        'last_year' as reference,
        '上年同期' as reference_zh,
        'the same period of last year' as reference_en,
        figure.last_year_value as reference_value
    from {{ ref('chk_figure') }} as figure
    where figure.last_year_value is not null
),

counted as (
    select
        layout_id,
        department_code,
        period_end,
        reference,
        reference_zh,
        reference_en,
        max(submission_id) as submission_id,
        max(file) as file,
        max(sheet) as sheet,
        count(*) as n_figures,
        sum(case when value <> reference_value then 1 else 0 end) as n_changed
    from compared
    -- a plan stays the same all year, and nothing done yet was nothing done before
    where measure <> 'plan' and (value <> 0 or reference_value <> 0)
    group by layout_id, department_code, period_end, reference, reference_zh, reference_en
),

beside as (
    select
        *,
        case when n_changed = 0 then 1 else 0 end as is_still,
        count(*) over same_sheet - 1 as n_others,
        sum(case when n_changed = 0 then 1 else 0 end) over same_sheet as n_still
    from counted
    window same_sheet as (partition by layout_id, department_code, reference)
)

select
    layout_id,
    department_code,
    period_end,
    reference,
    reference_zh,
    reference_en,
    submission_id,
    file,
    sheet,
    cast(n_figures as integer) as n_figures,
    cast(n_changed as integer) as n_changed,
    cast(n_others as integer) as n_others,
    {{ as_pct(safe_divide('n_still - is_still', 'n_others') ~ ' * 100') }} as others_still_pct
from beside
