{% set in_use = 'coalesce(path.expected_pct_planned, path.expected_pct_seasonal, path.expected_pct_linear)' %}
{% set value_on_path = as_figure('target.target_value * ' ~ in_use ~ ' * 0.01') %}
select
    target.target_id,
    target.period_end,
    target.report_year,
    target.path_method,
    way.name_zh as path_method_zh,
    {{ in_use }} as expected_pct,
    path.expected_pct_seasonal,
    path.expected_pct_planned,
    path.expected_pct_linear,
    {{ value_on_path }} as expected_value,
    target.target_value,
    target.unit_measure,
    cast(path.n_years as integer) as n_years,
    phrase.first_year,
    phrase.last_year,
    phrase.shares_zh,
    case
        when path.expected_pct_planned is not null then '按计划进度'
        when phrase.shares_zh is not null then {{ joined(
            "'往年同期占全年比重的平均:'", 'phrase.shares_zh', "',平均'",
            one_digit('path.expected_pct_seasonal'), "'%'"
        ) }}
        when path.expected_pct_linear is null then '未定计划'
        when target.path_method = 'seasonal' then '缺往年同期资料,按月份数占12个月的比例'
        else '按月份数占12个月的比例'
    end as made_zh
from {{ ref('int_target_period') }} as target
inner join {{ ref('int_target_path') }} as path
    on
        target.target_id = path.target_id
        and target.period_end = path.period_end
left join {{ ref('int_path_phrase') }} as phrase
    on
        target.target_id = phrase.target_id
        and target.period_end = phrase.period_end
left join {{ ref('codes') }} as way
    on target.path_method = way.code and way.list = 'path_method'
where target.has_path
order by target.target_id, target.period_end
