-- Each change of a figure submitted before, at the cell that changed it. A department that takes
-- over a correction has changed no figure in use and owes no reason: the correction gives it.
select
    revision.indicator_code,
    revision.ref_area,
    revision.scope,
    revision.period_end,
    revision.period_type,
    revision.measure,
    revision.department_code,
    revision.layout_id,
    revision.vintage_number,
    revision.new_submission_id as submission_id,
    revision.new_file as file,
    revision.new_sheet as sheet,
    revision.new_cell as cell,
    revision.new_value as value,
    revision.old_value as expected_value,
    revision.unit_measure,
    revision.difference,
    measure.unit_measure is null as is_level,
    {{ as_figure(
        'round(' ~ safe_divide('revision.difference', 'revision.old_value') ~ ' * 100, 4)'
    ) }} as difference_pct,
    revision.old_file,
    revision.old_cell,
    revision.revised_at
from {{ ref('fct_revision') }} as revision
inner join {{ ref('measures') }} as measure
    on revision.measure = measure.measure
where
    revision.old_obs_value is null
    or revision.new_value is null
    or revision.old_obs_value <> revision.new_value
