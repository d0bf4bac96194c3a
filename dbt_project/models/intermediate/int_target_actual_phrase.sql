-- The figure reached, in words; null when there is none. What is known without giving a judgement
-- stands in known_zh.
{% set base = joined("'上年同期'", plain('last_year.base_value'), 'phrase.figure_unit') %}
{% set own = joined(
    'period.words_zh', 'phrase.subject_zh', plain('last_year.own_value'), 'phrase.figure_unit'
) %}
with period as (
    select
        target.target_id,
        target.period_end,
        target.kind,
        target.operator,
        target.judged_by,
        target.has_path,
        calendar.short_label_zh,
        case
            when target.period_type = 'ytd' then calendar.short_label_zh
            else cast(calendar.month_number as varchar) || '月末'
        end as words_zh
    from {{ ref('int_target_period') }} as target
    inner join {{ ref('calendar') }} as calendar
        on target.period_end = calendar.period_end
)

select
    period.target_id,
    period.period_end,
    period.short_label_zh,
    case
        when period.judged_by = 'components' then {{ joined(
            'period.short_label_zh', 'component.compared_zh',
            "coalesce(',未比较' || component.missing_zh, '')"
        ) }}
        when actual.actual_value is null then null
        when period.judged_by = 'items' then {{ joined(
            'period.words_zh', 'cast(item.n_items as varchar)', "'项中'",
            'cast(item.n_done as varchar)', "'项达到阶段要求'"
        ) }}
        when period.operator = 'cut_ge' then {{ joined(
            'period.words_zh', 'phrase.subject_zh', against_zh(
                'actual.actual_value', "''", plain('abs(actual.actual_value)') ~ " || '%'",
                '同比压减', '同比增加', "'与上年同期持平'"
            ), "'('", plain('last_year.own_value'), 'phrase.figure_unit', "','", base, "')'"
        ) }}
        when period.judged_by = 'base' then {{ joined(own, "','", base) }}
        when period.kind = 'growth' then {{ joined(
            'period.short_label_zh', 'phrase.subject_zh', growth_zh('actual.actual_value')
        ) }}
        when period.kind = 'rank' then {{ joined(
            'period.short_label_zh', 'phrase.subject_zh', 'phrase.measure_zh',
            "'第'", plain('actual.actual_value'), "'位'"
        ) }}
        when period.has_path then {{ joined(
            'period.short_label_zh', "'累计'", plain('actual.actual_value'), 'phrase.unit_measure'
        ) }}
        else {{ joined(
            'period.words_zh', 'phrase.subject_zh', plain('actual.actual_value'), 'phrase.unit_measure'
        ) }}
    end as actual_zh,
    coalesce(component.compared_zh, {{ own }}, item_words.open_zh) as known_zh
from period
inner join {{ ref('int_target_phrase') }} as phrase
    on period.target_id = phrase.target_id
inner join {{ ref('int_target_actual') }} as actual
    on period.target_id = actual.target_id and period.period_end = actual.period_end
left join {{ ref('int_target_component_phrase') }} as component
    on period.target_id = component.target_id and period.period_end = component.period_end
left join {{ ref('int_target_actual_change') }} as last_year
    on period.target_id = last_year.target_id and period.period_end = last_year.period_end
left join {{ ref('int_target_actual_items') }} as item
    on period.target_id = item.target_id and period.period_end = item.period_end
left join {{ ref('int_target_item_phrase') }} as item_words
    on period.target_id = item_words.target_id and period.period_end = item_words.period_end
