select
    found.submission_id,
    found.table_number,
    submission.department_code,
    submission.period_end,
    submission.file,
    found.layout_id,
    found.shape,
    found.sheet,
    found.title,
    found.title_cell,
    found.unit_line,
    found.first_cell,
    found.last_cell,
    found.parts as n_parts,
    found.rows_found as n_rows,
    found.columns_found as n_columns
from {{ source('raw', 'submission_table') }} as found
inner join {{ ref('stg_submission') }} as submission
    on found.submission_id = submission.submission_id
order by found.submission_id, found.table_number
