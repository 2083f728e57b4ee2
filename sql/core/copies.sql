-- Groups of articles that are copies of one story: a wire story as several papers ran it, counted once. An article joins
--   the group of the earlier one that it shares most with, by the text it was first captured with; what comes later
--   never changes that.
-- kind: table
-- grain: article_id
-- tracked: article_id
-- article_id: An article that shares its text with others
-- copy_group: The same for all copies: `article_id` of the first of them that was captured
-- copies: Articles in the group
-- is_origin: Whether the story comes from this one: an agency's credit, then the earliest time, then the longest text
-- origin: Whose story it is: the agency, or else the paper of the origin
-- publisher: The paper or site that ran this copy
-- title: Headline over this copy
-- published_at: When this copy was published
-- words: Words of this copy
with recursive versions as (
    select version_id, article_id, version, captured_at, capture_id
    from core.articles
    where version_id in (select version_id from core.shared_text union all select other_id from core.shared_text)
),
parents as (
    select
        l.article_id,
        arg_max(e.article_id, (p.shared, -epoch_us(e.captured_at), e.version_id)) as parent_id
    from core.shared_text p
    join versions l on l.version_id = p.version_id and l.version = 1
    join versions e on e.version_id = p.other_id and e.article_id <> l.article_id
    group by l.article_id
),
grouped(article_id, copy_group) as (
    select distinct parent_id, parent_id from parents where parent_id not in (select article_id from parents)
    union all
    select p.article_id, g.copy_group from parents p join grouped g on g.article_id = p.parent_id
),
members as (
    select a.*, g.copy_group
    from grouped g
    join core.articles a on a.article_id = g.article_id and a.is_latest
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
from members
window
    story as (partition by copy_group),
    ranked as (
        partition by copy_group
        order by wire is null, coalesce(published_utc, published_day) nulls last, words desc, article_id
    )
order by copy_group, is_origin desc, article_id
