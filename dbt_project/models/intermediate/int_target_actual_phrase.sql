-- The figure reached, in words; null when there is none.
select
    target.target_id,
    target.period_end,
    period.short_label_zh,
    case
        when target.kind = 'relative' then {{ joined(
            'period.short_label_zh', 'component.compared_zh',
            "coalesce(',未比较' || component.missing_zh, '')"
        ) }}
        when target.kind = 'growth' then {{ joined(
            'period.short_label_zh', 'phrase.subject_zh', growth_zh('actual.actual_value')
        ) }}
        when target.kind = 'rank' then {{ joined(
            'period.short_label_zh', 'phrase.subject_zh', 'phrase.measure_zh',
            "'第'", plain('actual.actual_value'), "'位'"
        ) }}
        when target.has_path then {{ joined(
            'period.short_label_zh', "'累计'", plain('actual.actual_value'), 'phrase.unit_measure'
        ) }}
        else {{ joined(
            'cast(period.month_number as varchar)', "'月末'", 'phrase.subject_zh',
            plain('actual.actual_value'), 'phrase.unit_measure'
        ) }}
    end as actual_zh
from {{ ref('int_target_period') }} as target
inner join {{ ref('calendar') }} as period
    on target.period_end = period.period_end
inner join {{ ref('int_target_phrase') }} as phrase
    on target.target_id = phrase.target_id
inner join {{ ref('int_target_actual') }} as actual
    on
        target.target_id = actual.target_id
        and target.period_end = actual.period_end
left join {{ ref('int_target_component_phrase') }} as component
    on
        target.target_id = component.target_id
        and target.period_end = component.period_end
