-- How each target was judged, as one Chinese sentence.
select
    target.target_id,
    target.period_end,
    case
        when judged.status = 'no_data' then {{ joined(
            'actual_words.short_label_zh', "'无数据('", 'reason.name_zh', "'),'",
            'phrase.target_zh', "',不作判断。'",
            "coalesce('已有:' || actual_words.known_zh || '。', '')",
            "case when actual.no_data_reason = 'unknown_stage' then '缺:' || item.missing_zh || '。' else '' end"
        ) }}
        else {{ joined(
            "coalesce(actual_words.actual_zh || ',', '')", 'phrase.target_zh', "','",
            "coalesce(distance_words.distance_zh || ';', '')",
            "coalesce('未达到:' || item.open_zh || ';', '')",
            "coalesce('无数据:' || item.missing_zh || ';', '')",
            "coalesce('尚差' || " ~ plain('nullif(rest.remaining_value, 0)') ~ " || phrase.unit_measure || ';', '')",
            "coalesce('推算其余月份需' || " ~ growth_zh('rest.required_rest_value', 1) ~ " || '左右;', '')",
            'status.name_zh', "'。'"
        ) }}
    end || phrase.proxy_zh as working
from {{ ref('int_target_period') }} as target
inner join {{ ref('int_target_judged') }} as judged
    on
        target.target_id = judged.target_id
        and target.period_end = judged.period_end
inner join {{ ref('int_target_phrase') }} as phrase
    on target.target_id = phrase.target_id
inner join {{ ref('int_target_actual') }} as actual
    on
        target.target_id = actual.target_id
        and target.period_end = actual.period_end
inner join {{ ref('int_target_actual_phrase') }} as actual_words
    on
        target.target_id = actual_words.target_id
        and target.period_end = actual_words.period_end
inner join {{ ref('int_target_distance_phrase') }} as distance_words
    on
        target.target_id = distance_words.target_id
        and target.period_end = distance_words.period_end
inner join {{ ref('codes') }} as status
    on judged.status = status.code and status.list = 'status'
left join {{ ref('codes') }} as reason
    on actual.no_data_reason = reason.code and reason.list = 'no_data_reason'
left join {{ ref('int_target_item_phrase') }} as item
    on
        target.target_id = item.target_id
        and target.period_end = item.period_end
left join {{ ref('int_target_rest') }} as rest
    on
        target.target_id = rest.target_id
        and target.period_end = rest.period_end
