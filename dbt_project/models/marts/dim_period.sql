select
    period_end,
    time_period,
    report_year,
    month_number,
    label_zh,
    short_label_zh,
    label_en,
    quarter_label_zh,
    is_quarter_end,
    is_year_end,
    {{ as_pct(safe_divide('month_number', '12') ~ ' * 100') }} as linear_pct
from {{ ref('calendar') }}
order by period_end
