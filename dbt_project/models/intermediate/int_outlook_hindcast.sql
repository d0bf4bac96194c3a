-- The outlook that the other earlier years would have given for each earlier year, and how far its
-- outcome lay from that: the errors from which a range is made.
with others as (
    select
        *,
        {{ safe_divide('sum_share - share', 'n_years - 1') }} as others_share
    from {{ ref('int_path_share') }}
    where n_years > 1
),

hindcast as (
    select
        *,
        {{ safe_divide('period_value', 'others_share') }} as hindcast_value
    from others
)

select
    target_id,
    period_end,
    earlier_year,
    others_share,
    {{ as_figure('hindcast_value') }} as hindcast_value,
    year_value,
    {{ safe_divide('year_value', 'hindcast_value') }} as error_ratio
from hindcast
where hindcast_value > 0
