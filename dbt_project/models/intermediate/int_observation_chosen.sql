select *
from {{ ref('int_observation_ranked') }}
where preference = 1
