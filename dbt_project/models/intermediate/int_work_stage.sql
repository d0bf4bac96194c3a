-- The stage that the words of an entry mean: the longest known word in them counts, of words of one
-- length the one of the later stage. A word for standing still is looked for besides.
with entry as (
    select
        submission_id,
        layout_id,
        entry_number,
        stage_text,
        {{ work_name('stage_text') }} as sought
    from {{ ref('int_register_entry') }}
    where stage_text is not null and stage_missing_kind is null
),

matched as (
    select
        entry.submission_id,
        entry.layout_id,
        entry.entry_number,
        word.stage_word,
        word.is_stalled,
        known.stage,
        row_number() over (
            partition by entry.submission_id, entry.layout_id, entry.entry_number
            order by
                case when known.stage is null then 1 else 0 end,
                length(word.stage_word) desc,
                known.stage_order desc,
                word.stage_word asc
        ) as choice,
        max(case when word.is_stalled then 1 else 0 end) over (
            partition by entry.submission_id, entry.layout_id, entry.entry_number
        ) as n_stalled
    from entry
    inner join {{ ref('stage_words') }} as word
        on entry.sought like '%' || word.stage_word || '%'
    left join {{ ref('work_stages') }} as known
        on word.stage = known.stage
)

select
    entry.submission_id,
    entry.layout_id,
    entry.entry_number,
    entry.stage_text,
    matched.stage,
    reached.stage_order,
    reached.share_pct,
    reached.is_started,
    reached.is_failed,
    case when matched.stage is not null then matched.stage_word end as stage_word,
    coalesce(matched.n_stalled > 0, false) as is_stalled,
    matched.stage_word is null as is_unknown
from entry
left join matched
    on
        entry.submission_id = matched.submission_id
        and entry.layout_id = matched.layout_id
        and entry.entry_number = matched.entry_number
        and matched.choice = 1
left join {{ ref('work_stages') }} as reached
    on matched.stage = reached.stage
