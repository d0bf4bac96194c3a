-- Each reported pull or share of a part, beside what the levels and growth of its sheet give.
{% set opposed = 'coalesce(pull_value * growth_value < 0, false)' %}
with bond as (
    select distinct
        whole_indicator_code,
        part_indicator_code
    from {{ ref('audit_identities') }}
),

computed as (
    select
        part.*,
        bond.whole_indicator_code,
        whole.level_value as whole_value,
        {{ safe_divide('part.level_value', 'whole.level_value') }} * 100 as share_computed,
        -- a pull is the share a year ago times the growth; levels over their growth give that share
        {{ safe_divide('part.level_value', 'whole.level_value') }}
        * {{ safe_divide('100 + whole.growth_value', '100 + part.growth_value') }}
        * part.growth_value as pull_computed
    from {{ ref('chk_figure_abreast') }} as part
    inner join bond on part.indicator_code = bond.part_indicator_code
    left join {{ ref('chk_figure_abreast') }} as whole
        on
            bond.whole_indicator_code = whole.indicator_code
            and part.place_id = whole.place_id
)

{% for measure, unit in [('pull', var('percentage_point_unit')), ('share', var('percent_unit'))] %}
    select
        whole_indicator_code,
        indicator_code,
        ref_area,
        scope,
        period_end,
        period_type,
        '{{ measure }}' as measure,
        department_code,
        layout_id,
        submission_id,
        file,
        sheet,
        {{ measure }}_cell as cell,
        {{ measure }}_value as value,
        '{{ unit }}' as unit_measure,
        {{ measure }}_digit as last_digit,
        place_id,
        level_value,
        whole_value,
        growth_value,
        growth_cell,
        {{ as_figure('round(' ~ measure ~ '_computed, 4)') }} as expected_value,
        {{ as_figure('round(' ~ measure ~ '_value - ' ~ measure ~ '_computed, 4)') }} as difference_pp,
        {{ opposed if measure == 'pull' else 'false' }} as is_sign_opposed
    from computed
    where {{ measure }}_value is not null
    {% if not loop.last %}union all{% endif %}
{% endfor %}
