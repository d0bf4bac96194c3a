-- A figure of a submission has one correction at a time: withdraw that one, then enter another.
select
    one.correction_id,
    another.correction_id as other_correction_id
from {{ ref('corrections') }} as one
inner join {{ ref('corrections') }} as another
    on
        one.department_code = another.department_code
        and one.time_period = another.time_period
        and one.layout_id = another.layout_id
        and one.figure = another.figure
        and one.old_value = another.old_value
        and one.correction_id < another.correction_id
where
    one.withdrawn_on is null
    and another.withdrawn_on is null
    and (one.file is null or another.file is null or one.file = another.file)
