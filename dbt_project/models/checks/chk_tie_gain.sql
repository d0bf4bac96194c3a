-- For each broken comparison and each figure in it: what setting that figure right alone would gain.
-- The figure that the comparison asks for is put into all other comparisons it takes part in.
with member as (
    select
        tie.*,
        kind.weight,
        kind.smallest_gain,
        kind.is_one_sided,
        case when kind.is_one_sided then tie.residual else abs(tie.residual) end > tie.allowed as is_broken
    from {{ ref('chk_tie_figure') }} as tie
    inner join {{ ref('audit_ties') }} as kind
        on tie.tie = kind.tie
),

asked as (
    select
        *,
        {{ safe_divide('-residual', 'slope') }} as correction
    from member
    where is_broken
),

judged as (
    select
        asked.tie,
        asked.tie_key,
        asked.cell_key,
        asked.correction,
        asked.weight,
        asked.smallest_gain,
        cast(sum(other.weight * (
            {{ misfit('other', 'other.residual') }}
            - {{ misfit('other', 'other.residual + ' ~ product('other.slope', 'asked.correction')) }}
        )) as decimal(18, 6)) as gain
    from asked
    inner join member as other
        on asked.cell_key = other.cell_key
    group by
        asked.tie, asked.tie_key, asked.cell_key, asked.correction, asked.weight, asked.smallest_gain
),

-- of figures that would gain as much, the one computed from the others, then the newest; none that
-- would have to turn negative while another need not
ordered as (
    select
        judged.*,
        row_number() over (
            partition by judged.tie, judged.tie_key
            order by
                case
                    when figure.measure = 'growth' or figure.value < 0 then 0
                    when figure.value + judged.correction < 0 then 1
                    else 0
                end,
                judged.gain desc,
                case figure.measure
                    when 'completion' then 1 when 'growth' then 2 when 'level' then 3 else 4
                end,
                figure.period_end desc, figure.period_type asc, judged.cell_key asc
        ) as place
    from judged
    inner join {{ ref('chk_figure') }} as figure
        on judged.cell_key = {{ cell_key('figure') }}
)

select
    tie,
    tie_key,
    cell_key,
    correction,
    weight,
    gain,
    place = 1 and gain >= smallest_gain as is_named
from ordered
