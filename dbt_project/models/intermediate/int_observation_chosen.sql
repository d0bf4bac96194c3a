-- A view: the ranked figures are kept once.
{{ config(materialized='view') }}

select *
from {{ ref('int_observation_ranked').include(database=false) }}
where preference = 1
