-- Outlook and needed pace in words, plainly an estimate; null where there is neither.
{% set unit = 'target.unit_measure' %}
{% set value = plain('outlook.outlook_value') %}
{% set months = 'cast(pace.n_months_left as varchar)' %}
with worded as (
    select
        target.target_id,
        target.period_end,
        {{ joined(
            "'预计全年约'", value, unit, "',为年度目标的'", one_digit('outlook.outlook_completion_pct'),
            "'%(按'", 'path.shares_zh', "'推算)'"
        ) }} as outlook_zh,
        case
            when outlook.outlook_value is null then ''
            when outlook.low_value is null then ',往年资料不足两年,不给区间'
            else {{ joined(
                "',按这'", 'cast(outlook.n_years as varchar)', "'年各自的推算误差在'", plain('outlook.low_value'), "'至'", plain('outlook.high_value'),
                unit, "'之间'"
            ) }}
        end as range_zh,
        case
            when pace.n_months_left = 0 then null
            when pace.remaining_value = 0 then '年度目标已达到'
            else {{ joined(
                "'尚差'", plain('pace.remaining_value'), unit, "',其余'", months, "'个月月均需'",
                plain('pace.needed_monthly_value'), unit,
                "coalesce(',为此前月均的' || " ~ one_digit('pace.needed_pace_pct') ~ " || '%', '')"
            ) }}
        end as pace_zh
    from {{ ref('int_target_period') }} as target
    inner join {{ ref('int_outlook') }} as outlook
        on
            target.target_id = outlook.target_id
            and target.period_end = outlook.period_end
    left join {{ ref('int_path_phrase') }} as path
        on
            target.target_id = path.target_id
            and target.period_end = path.period_end
    left join {{ ref('int_outlook_pace') }} as pace
        on
            target.target_id = pace.target_id
            and target.period_end = pace.period_end
)

select
    target_id,
    period_end,
    case
        when outlook_zh is not null and pace_zh is not null then outlook_zh || range_zh || ';' || pace_zh
        else coalesce(outlook_zh || range_zh, pace_zh)
    end as outlook_zh
from worded
