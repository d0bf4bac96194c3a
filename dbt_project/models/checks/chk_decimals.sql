-- Each figure and how many decimals it has, beside the most that any other of its series has.
with counted as (
    select
        *,
        case
            {% for places in range(8) %}
                when cell_value = round(cell_value, {{ places }}) then {{ places }}
            {% endfor %}
            else 8
        end as n_decimals
    from {{ ref('chk_figure') }}
),

ranked as (
    select
        *,
        count(*) over series as n_figures,
        lead(n_decimals) over (
            partition by layout_id, department_code, indicator_code, measure, period_type, cell_unit
            order by n_decimals desc, period_end desc, ref_area asc, scope asc
        ) as next_decimals,
        row_number() over (
            partition by layout_id, department_code, indicator_code, measure, period_type, cell_unit
            order by n_decimals desc, period_end desc, ref_area asc, scope asc
        ) as place,
        max(n_decimals) over series as most_decimals
    from counted
    window series as (
        partition by layout_id, department_code, indicator_code, measure, period_type, cell_unit
    )
)

select
    indicator_code,
    ref_area,
    scope,
    period_end,
    period_type,
    measure,
    department_code,
    layout_id,
    submission_id,
    file,
    sheet,
    cell,
    value,
    unit_measure,
    {{ as_figure('cell_value') }} as printed_value,
    cell_unit,
    cast(n_figures as integer) as n_figures,
    n_decimals,
    cast(case when place = 1 then next_decimals else most_decimals end as integer) as n_usual_decimals
from ranked
where n_figures > 1
