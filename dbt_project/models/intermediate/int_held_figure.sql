-- What a held sheet says is not used; that it said something is told apart from nothing said.
select distinct
    observation.indicator_code,
    observation.ref_area,
    observation.scope,
    observation.period_end,
    observation.period_type,
    observation.measure
from {{ ref('stg_observation') }} as observation
inner join {{ ref('stg_submission') }} as submission
    on observation.submission_id = submission.submission_id
where
    submission.status = 'held'
    and observation.cell_value is not null
