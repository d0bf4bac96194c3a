-- Each sheet beside the same sheet of an earlier period: how many of its figures are equal.
with compared as (
    select
        figure.*,
        'previous' as reference,
        '本年上期' as reference_zh,
        figure.previous_value as reference_value
    from {{ ref('chk_figure') }} as figure
    where figure.previous_value is not null
    union all
    select
        figure.*,
        'last_year' as reference,
        '上年同期' as reference_zh,
        figure.last_year_value as reference_value
    from {{ ref('chk_figure') }} as figure
    where figure.last_year_value is not null
)

select
    layout_id,
    department_code,
    period_end,
    reference,
    reference_zh,
    max(submission_id) as submission_id,
    max(file) as file,
    max(sheet) as sheet,
    cast(count(*) as integer) as n_figures,
    cast(sum(case when value <> reference_value then 1 else 0 end) as integer) as n_changed
from compared
-- a plan stays the same all year
where measure <> 'plan'
group by layout_id, department_code, period_end, reference, reference_zh
