-- Each figure in a total row of a register beside the sum of the entries that it stands for. A
-- total does not say which they are: all, those of its section, or those since the total before
-- or until the one after; those whose sum comes nearest count.
{% set same = ['submission_id', 'layout_id', 'sheet', 'field_id'] %}
with summed as (
    {% for condition in [
        'true', 'part.section = total.section',
        'part.row_number between coalesce(total.total_row_above, 0) and total.row_number',
        'part.row_number >= total.row_number and part.row_number <= coalesce(total.total_row_below, part.row_number)'
    ] %}
        select
            total.submission_id,
            total.layout_id,
            total.sheet,
            total.cell,
            {{ loop.index }} as choice,
            max(total.value) as value,
            cast(count(part.cell) as integer) as n_entries,
            cast(count(part.cell) - count(part.value) as integer) as n_unclear,
            min(part.row_number) as first_row,
            max(part.row_number) as last_row,
            coalesce(
                sum({{ in_unit('part.value', 'part.factor_to_base', 'total.factor_to_base') }}), 0
            ) as expected_value
        from {{ ref('chk_entry_addend') }} as total
        left join {{ ref('chk_entry_addend') }} as part
            on {{ same_in('total', 'part', same) }} and not part.is_total and {{ condition }}
        where total.is_total and total.value is not null
        group by total.submission_id, total.layout_id, total.sheet, total.cell
        {% if not loop.first %}having count(part.cell) > 0{% endif %}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

nearest as (
    select
        *,
        row_number() over (
            partition by submission_id, layout_id, sheet, cell
            order by abs(value - expected_value), choice
        ) as place
    from summed
)

select
    {% for name in ['layout_id', 'department_code', 'period_end', 'submission_id', 'file', 'sheet', 'cell',
        'entry_key', 'field_id', 'column_label', 'unit_measure'] %}
        total.{{ name }},
    {% endfor %}
    {{ as_figure('nearest.value') }} as value,
    {{ as_figure('nearest.expected_value') }} as expected_value,
    {{ as_figure('nearest.value - nearest.expected_value') }} as difference,
    nearest.n_entries,
    nearest.n_unclear,
    nearest.first_row,
    nearest.last_row,
    -- what is counted is never rounded
    {{ as_figure(
        'round('
        ~ safe_divide(
            'nearest.value - nearest.expected_value',
            'total.last_digit * case when total.is_counted then 1 else nearest.n_entries + 1 end'
        )
        ~ ', 4)'
    ) }} as digits_off_per_term
from nearest
inner join {{ ref('chk_entry_addend') }} as total
    on {{ same_in('nearest', 'total', ['submission_id', 'layout_id', 'sheet', 'cell']) }}
where nearest.place = 1
