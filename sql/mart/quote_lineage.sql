-- One utterance as different articles printed it: quotes whose words between the marks are the same, or most of them
--   in one run after another. A quote joins the longest one that shares most with it; quotes of under six words join
--   only the same words of the same speaker on the same day.
-- kind: table
-- grain: version_id, quote
-- utterance_id: The same for all prints of one utterance: `version_id` and quote of the longest
-- utterance: The words in the longest print
-- prints: Articles that print it
-- independent: Articles among them, copies of one story counted once
-- speakers: Who is named for it, all articles together, in alphabetical order
-- first_day: Day of the first print
-- version_id: The article version that this print stands in
-- article_id: The same for all versions of one article
-- quote: Place among the article's quotes, from 0
-- day: Day of publication; where that is unknown, the day of capture
-- is_first: Whether it was printed on the first day
-- publisher: The paper or site that ran it
-- wire: News agency that the article came from
-- copy_group: Copies of one story have the same, see core.copies; null where there are none
-- text: What was said, as printed here
-- speaker: Canonical name of who said it, here; where nobody is named, the words that describe the source
-- speaker_id: `entity_id` of the speaker in core.entities, where somebody is named
-- left_out: Words of the longest print that this one lacks, in lower case, each once, in their order
-- added: Words that this print has and the longest one lacks
with recursive marked as (
    select
        q.*,
        -- of a mixed quote, only what stands between the marks was said
        if(
            q.kind = 'mixed',
            array_to_string(regexp_extract_all(q.text, '[“"«][^“”"«»]+[”"»]'), ' '),
            q.text
        ) as said
    from mart.quotes q
    where q.kind in ('direct', 'mixed')
),
spoken as (
    select
        * exclude (said),
        regexp_extract_all(lower(regexp_replace(said, '[''’]', '', 'g')), '[\p{L}\p{N}]+') as words
    from marked
),
-- The longest first: a quote can only join one that stands before it.
ranked as (
    select
        *,
        row_number() over (order by len(words) desc, day, version_id, quote) as place
    from spoken
    where len(words) >= 3
),
runs as (
    select distinct place, unnest(list_transform(range(1, len(words) - 4), lambda i: hash(words[i : i + 5]))) as run
    from ranked
    where len(words) >= 6
    union all
    select place, hash([array_to_string(words, ' '), speaker_id, day::varchar])
    from ranked
    where len(words) < 6 and speaker_id is not null
),
-- Each run leads to the longest quote that has it, so that the work grows with the runs and not with their square.
shared as (
    select
        place,
        longest,
        count(*) as shared,
        any_value(runs) as runs
    from (
        select
            place,
            min(place) over (partition by run) as longest,
            count(*) over (partition by place) as runs
        from runs
    )
    where longest < place
    group by place, longest
),
parents as (
    select s.place, arg_min(s.longest, (-s.shared, s.longest)) as parent
    from shared s
    join ranked q using (place)
    join ranked l on l.place = s.longest
    where 2 * s.shared > s.runs
        -- a few words that two people are named for may be two utterances
        and (len(q.words) >= 10 or q.speaker_id is null or l.speaker_id is null or q.speaker_id = l.speaker_id)
    group by s.place
),
grouped(place, root) as (
    select distinct parent, parent from parents where parent not in (select place from parents)
    union all
    select p.place, g.root from parents p join grouped g on g.place = p.parent
),
prints as (
    select
        q.*,
        g.root,
        c.copy_group,
        coalesce(c.copy_group, q.article_id) as story
    from grouped g
    join ranked q using (place)
    left join core.copies c using (article_id)
),
told as (
    select
        root,
        count(distinct article_id) as prints,
        count(distinct story) as independent,
        coalesce(list_sort(list(distinct speaker) filter (speaker is not null)), []) as speakers,
        min(day) as first_day
    from prints
    group by root
    having prints > 1
)
select
    l.version_id || '#' || l.quote as utterance_id,
    l.text as utterance,
    t.prints,
    t.independent,
    t.speakers,
    t.first_day,
    p.version_id,
    p.article_id,
    p.quote,
    p.day,
    p.day = t.first_day as is_first,
    p.publisher,
    p.wire,
    p.copy_group,
    p.text,
    p.speaker,
    p.speaker_id,
    list_filter(l.words, lambda word, i: not list_contains(p.words, word) and list_position(l.words, word) = i) as left_out,
    list_filter(p.words, lambda word, i: not list_contains(l.words, word) and list_position(p.words, word) = i) as added
from told t
join prints p using (root)
join ranked l on l.place = t.root
order by t.prints desc, utterance_id, p.day, p.version_id, p.quote
