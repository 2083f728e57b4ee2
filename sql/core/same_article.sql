-- Articles of one paper or site that are one article under several ids: nearly the same text at most a week apart, where
--   the address changed or there is none.
-- kind: table
-- grain: article_id
-- tracked: article_id
-- article_id: `article_id` as cleaning gave it
-- first_id: The id that all of them go by: that of the one captured first
with recursive captures as (
    select
        version_id,
        article_id,
        captured_at,
        capture_id,
        coalesce(published_day, (captured_at at time zone 'UTC')::date) as day,
        nullif(regexp_replace(lower(trim(publisher)), '^the\s+', ''), '') as paper,
        nullif(regexp_extract(lower(url), '^https?://(?:www\d?\.|m\.|mobile\.|amp\.)?([^/:?#]+)', 1), '') as site
    from clean.articles
    where version_id in (select version_id from core.shared_text union all select other_id from core.shared_text)
    qualify row_number() over (partition by version_id order by captured_at, capture_id) = 1
),
near as (
    select
        l.article_id,
        e.article_id as earlier_id,
        (e.captured_at, e.capture_id) as first_capture
    from core.shared_text p
    join captures l on l.version_id = p.version_id
    join captures e on e.version_id = p.other_id
    where p.shared >= 8 and p.likeness >= 0.8
        and l.article_id <> e.article_id
        and (l.paper = e.paper or l.site = e.site)
        and abs(l.day - e.day) <= 7
),
-- An article goes by the id of the one that it is most like the first of, which may itself go by another.
parents as (
    select article_id, arg_min(earlier_id, first_capture) as parent_id
    from near
    join (
        select article_id, min((captured_at, capture_id)) as begin from clean.articles group by article_id
    ) b using (article_id)
    where first_capture < b.begin
    group by article_id
),
followed(article_id, first_id) as (
    select article_id, parent_id from parents where parent_id not in (select article_id from parents)
    union all
    select p.article_id, f.first_id from parents p join followed f on f.article_id = p.parent_id
)
from followed
order by all
