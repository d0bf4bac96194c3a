-- Each field of an entry that should not exceed or follow another one, or the end of the period.
with given as (
    select * from {{ ref('int_entry_beside') }}
    where said is not null
)

select
    pair.order_id,
    lower.layout_id,
    lower.department_code,
    lower.entry_key,
    lower.entry_name,
    lower.field_id,
    lower.column_label,
    lower.period_end,
    lower.submission_id,
    lower.file,
    lower.sheet,
    lower.cell,
    lower.value_text as value,
    case
        when pair.higher_field is null then cast(lower.period_end as varchar)
        else higher.value_text
    end as expected_value,
    coalesce(higher.column_label, '') as higher_label,
    higher.cell as higher_cell,
    coalesce(
        lower.value_date > case
            when pair.higher_field is null then lower.period_end
            else higher.value_date
        end,
        lower.figure_value > higher.figure_value,
        false
    ) as is_out_of_order,
    pair.basis
from given as lower
inner join {{ ref('audit_entry_orders') }} as pair
    on
        lower.register_kind = pair.register_kind
        and lower.field_id = pair.lower_field
left join given as higher
    on
        pair.higher_field = higher.field_id
        and lower.submission_id = higher.submission_id
        and lower.layout_id = higher.layout_id
        and lower.entry_number = higher.entry_number
where pair.higher_field is null or higher.cell is not null
