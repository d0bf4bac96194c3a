-- A register that was read has the fields its kind must have, each of its type.
with found as (
    select distinct
        layout_id,
        field_id,
        field_type
    from {{ ref('int_register_value') }}
)

select
    register.layout_id,
    wanted.role,
    wanted.value_type,
    found.field_type
from {{ ref('registers') }} as register
inner join {{ ref('register_roles') }} as wanted
    on register.register_kind = wanted.register_kind
left join found
    on
        register.layout_id = found.layout_id
        and wanted.role = found.field_id
where
    register.layout_id in (select known.layout_id from found as known)
    and (
        found.field_type <> wanted.value_type
        or (wanted.is_required and found.field_id is null)
    )
