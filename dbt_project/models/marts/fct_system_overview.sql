with own as (
    select distinct ref_area
    from {{ ref('department_areas') }}
),

reached as (
    select
        min(period_end) as first_period_end,
        max(period_end) as last_period_end
    from {{ ref('stg_submission') }}
    where is_accepted
),

asked as (
    select
        scheme.*,
        own.ref_area,
        period.period_end,
        scheme.freq = 'M' or period.is_quarter_end as is_due
    from {{ ref('systems') }} as scheme
    cross join own
    cross join {{ ref('calendar') }} as period
    inner join reached
        on period.period_end between reached.first_period_end and reached.last_period_end
),

counted as (
    select
        asked.system_code,
        asked.ref_area,
        asked.period_end,
        sum(item.n_items) as n_items,
        max(asked.count_zh) || cast(sum(item.n_items) as varchar) || max(asked.counter_zh) as total_zh,
        sum(case when state.is_attention then item.n_items else 0 end) as n_attention,
        sum(case when state.is_no_data then item.n_items else 0 end) as n_no_data,
        {{ string_agg(
            "word.name_zh || cast(item.n_items as varchar) || asked.counter_zh", "','", 'word.sort_order'
        ) }} as states_zh
    from asked
    inner join {{ ref('int_system_item') }} as item
        on
            asked.mart = item.mart
            and coalesce(asked.subset, '') = coalesce(item.subset, '')
            and asked.ref_area = item.ref_area
            and asked.period_end = item.period_end
    inner join {{ ref('item_states') }} as state
        on item.state_list = state.state_list and item.state = state.state
    inner join {{ ref('codes') }} as word
        on item.state_list = word.list and item.state = word.code
    group by asked.system_code, asked.ref_area, asked.period_end
)

select
    asked.system_code,
    asked.ref_area,
    asked.period_end,
    cast(asked.sort_order as integer) as sort_order,
    asked.name_zh as system_zh,
    asked.section_zh,
    asked.mart,
    asked.is_due,
    cast(coalesce(counted.n_items, 0) as integer) as n_items,
    cast(coalesce(counted.n_attention, 0) as integer) as n_attention,
    cast(coalesce(counted.n_no_data, 0) as integer) as n_no_data,
    case
        when counted.n_items > 0 then counted.total_zh || ',' || counted.states_zh
        when asked.is_due then asked.none_zh
        else quiet.name_zh
    end as words_zh
from asked
left join counted
    on
        asked.system_code = counted.system_code
        and asked.ref_area = counted.ref_area
        and asked.period_end = counted.period_end
inner join {{ ref('codes') }} as quiet
    on quiet.list = 'no_data_reason' and quiet.code = 'not_due'
order by asked.ref_area, asked.period_end, asked.sort_order
