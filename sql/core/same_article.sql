-- Articles of one publisher that are one article under several ids: nearly the same text at most a week apart, where
--   the address changed or there is none.
-- kind: table
-- grain: article_id
-- article_id: `article_id` as cleaning gave it
-- first_id: The id that all of them go by: that of the one captured first
with recursive first_captures as (
    select article_id, publisher, captured_at, capture_id, fingerprint,
        coalesce(published_day, (captured_at at time zone 'UTC')::date) as day
    from clean.articles
    where publisher is not null
    qualify row_number() over (partition by article_id order by captured_at, capture_id) = 1
),
sampled as (
    select article_id, publisher, day, len(fingerprint) as size, unnest(fingerprint) as run
    from first_captures
),
pairs as (
    select a.article_id, b.article_id as other_id
    from sampled a
    join sampled b on a.publisher = b.publisher and a.run = b.run and a.article_id <> b.article_id
    where abs(a.day - b.day) <= 7
    group by a.article_id, b.article_id
    having count(*) >= 8 and count(*) >= 0.8 * greatest(any_value(a.size), any_value(b.size))
),
members as (
    select article_id, row_number() over (order by captured_at, capture_id) as place
    from first_captures
    where article_id in (select article_id from pairs)
),
-- Each article takes the lowest place among those it is paired with, until nothing changes.
lowest(article_id, place) using key (article_id) as (
    select article_id, place from members
    union
    select p.article_id, min(l.place)
    from lowest l
    join pairs p on p.other_id = l.article_id
    join recurring.lowest mine on mine.article_id = p.article_id
    where l.place < mine.place
    group by p.article_id
)
select l.article_id, first.article_id as first_id
from lowest l
join members first on first.place = l.place
where l.article_id <> first.article_id
order by all
