-- Each sheet due up to the newest period received, with the latest file read for it or without one.
select
    layout_id,
    layout_zh,
    department_code,
    period_end,
    due_date,
    submission_id,
    file,
    -- one that the audit holds has come: what is wrong with it is said of itself
    submission_id is not null or state = 'held' as is_received,
    -- a sheet that came is held to nothing more; one that did not may still have time
    state <> 'not_due' as is_overdue
from {{ ref('fct_reporting_duty') }}
