-- Pairs of articles that share so much text that one was printed from the other, or both from a third.
-- kind: table
-- grain: article_id, other_id
-- article_id: The article whose id comes first
-- other_id: The other one
-- shared: Sampled runs of five words that stand in both
-- share: Share of the shorter text's sample that stands in the longer one, 0 to 1
with latest as (
    select v.article_id, a.fingerprint
    from core.articles v
    join clean.articles a using (capture_id)
    where v.is_latest
),
sampled as (
    select article_id, len(fingerprint) as size, unnest(fingerprint) as run
    from latest
),
-- A run that stands in very many articles is a fixed phrase of a publisher, and says nothing about copying.
telling as (
    select article_id, size, run
    from sampled
    qualify count(*) over (partition by run) <= 200
)
select
    a.article_id,
    b.article_id as other_id,
    count(*) as shared,
    count(*) / least(any_value(a.size), any_value(b.size)) as share
from telling a
join telling b on a.run = b.run and a.article_id < b.article_id
group by a.article_id, b.article_id
having shared >= 3 and share >= 0.3
order by all
