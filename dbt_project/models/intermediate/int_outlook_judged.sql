-- Whether outlook and range lie beyond the target; a range of few years bounds little, so nothing is
-- said of those.
select
    outlook.target_id,
    outlook.period_end,
    case
        when outlook.low_value is null or outlook.high_value is null then null
        when outlook.n_years < {{ var('prospect_years') }} then null
        when target.better = 'lower' and outlook.high_value <= target.threshold_value then 'likely'
        when target.better = 'lower' and outlook.low_value > target.threshold_value then 'unlikely'
        when target.better = 'lower' then 'open'
        when target.operator = 'gt' and outlook.low_value > target.threshold_value then 'likely'
        when target.operator = 'gt' and outlook.high_value <= target.threshold_value then 'unlikely'
        when target.operator = 'gt' then 'open'
        when outlook.low_value >= target.threshold_value then 'likely'
        when outlook.high_value < target.threshold_value then 'unlikely'
        else 'open'
    end as prospect
from {{ ref('int_outlook') }} as outlook
inner join {{ ref('int_target_period') }} as target
    on
        outlook.target_id = target.target_id
        and outlook.period_end = target.period_end
