-- How a seasonal path was made: each earlier year with its own share, one after the other.
{% set of_year = joined('cast(earlier_year as varchar)', "'年'", one_digit('share * 100'), "'%'") %}
select
    target_id,
    period_end,
    min(earlier_year) as first_year,
    max(earlier_year) as last_year,
    {{ string_agg(of_year, "'、'", 'earlier_year') }} as shares_zh
from {{ ref('int_path_share') }}
group by target_id, period_end
