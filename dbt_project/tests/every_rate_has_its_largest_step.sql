-- Without a row the audit would pass over a rate in silence.
select indicator.indicator_code
from {{ ref('indicators') }} as indicator
left join {{ ref('audit_rate_steps') }} as step
    on indicator.indicator_code = step.indicator_code
where
    indicator.flow_stock = 'rate'
    and step.indicator_code is null
