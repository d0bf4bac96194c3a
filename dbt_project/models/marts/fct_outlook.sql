select
    target.target_id,
    target.period_end,
    target.report_year,
    target.ref_area,
    target.indicator_code,
    actual.actual_value,
    target.target_value,
    target.unit_measure,
    outlook.outlook_value,
    outlook.low_value,
    outlook.high_value,
    outlook.outlook_completion_pct,
    judged.prospect,
    prospect.name_zh as prospect_zh,
    cast(outlook.n_years as integer) as n_years,
    outlook.no_outlook_reason,
    reason.name_zh as no_outlook_reason_zh,
    cast(pace.n_months_left as integer) as n_months_left,
    pace.remaining_value,
    pace.monthly_value,
    pace.needed_monthly_value,
    pace.needed_pace_pct,
    pace.required_rest_value,
    phrase.outlook_zh
from {{ ref('int_target_period') }} as target
inner join {{ ref('int_target_actual') }} as actual
    on
        target.target_id = actual.target_id
        and target.period_end = actual.period_end
inner join {{ ref('int_outlook') }} as outlook
    on
        target.target_id = outlook.target_id
        and target.period_end = outlook.period_end
inner join {{ ref('int_outlook_judged') }} as judged
    on
        target.target_id = judged.target_id
        and target.period_end = judged.period_end
inner join {{ ref('int_outlook_phrase') }} as phrase
    on
        target.target_id = phrase.target_id
        and target.period_end = phrase.period_end
left join {{ ref('int_outlook_pace') }} as pace
    on
        target.target_id = pace.target_id
        and target.period_end = pace.period_end
left join {{ ref('codes') }} as prospect
    on judged.prospect = prospect.code and prospect.list = 'prospect'
left join {{ ref('codes') }} as reason
    on outlook.no_outlook_reason = reason.code and reason.list = 'no_outlook_reason'
order by target.target_id, target.period_end
