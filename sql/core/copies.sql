-- Groups of articles that are copies of one story: a wire story as several papers ran it, counted once.
-- kind: table
-- grain: article_id
-- article_id: An article that shares its text with others; its newest version counts
-- copy_group: The same for all copies: `article_id` of the first of them that was captured
-- copies: Articles in the group
-- is_origin: Whether the story comes from this one: an agency's credit, then the earliest time, then the longest text
-- origin: Whose story it is: the agency, or else the paper of the origin
-- publisher: The paper or site that ran this copy
-- title: Headline over this copy
-- published_at: When this copy was published
-- words: Words of this copy
with recursive neighbours as (
    select article_id, other_id from core.shared_text
    union all
    select other_id, article_id from core.shared_text
),
members as (
    select a.*, row_number() over (order by f.first_captured_at, a.article_id) as place
    from core.articles a
    join (
        select article_id, min(captured_at) as first_captured_at from core.articles group by article_id
    ) f using (article_id)
    where a.is_latest and a.article_id in (select article_id from neighbours)
),
-- Each article takes the lowest place among those it is connected with, until nothing changes.
lowest(article_id, place) using key (article_id) as (
    select article_id, place from members
    union
    select n.article_id, min(l.place)
    from lowest l
    join neighbours n on n.other_id = l.article_id
    join recurring.lowest mine on mine.article_id = n.article_id
    where l.place < mine.place
    group by n.article_id
),
grouped as (
    select m.*, first.article_id as copy_group
    from members m
    join lowest using (article_id)
    join members first on first.place = lowest.place
)
select
    article_id,
    copy_group,
    count(*) over story as copies,
    row_number() over ranked = 1 as is_origin,
    coalesce(max(wire) over story, first_value(publisher) over ranked) as origin,
    publisher,
    title,
    published_at,
    words
from grouped
window
    story as (partition by copy_group),
    ranked as (
        partition by copy_group
        order by wire is null, coalesce(published_utc, published_day) nulls last, words desc, article_id
    )
order by copy_group, is_origin desc, article_id
