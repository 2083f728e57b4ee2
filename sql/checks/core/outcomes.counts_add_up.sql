-- Captures that gave an article or a new version are as many as versions, and rejected ones as many as rejects.
-- severity: blocking
with counted as (
    select
        count(*) filter (outcome in ('article', 'new_version', 'duplicate')) as cleaned,
        count(*) filter (outcome in ('article', 'new_version')) as versions,
        count(*) filter (outcome = 'article') as articles,
        count(*) filter (outcome = 'reject') as rejects
    from core.outcomes
),
kept as (
    select
        (select count(*) from clean.articles) as cleaned,
        (select count(*) from core.articles) as versions,
        (select count(distinct article_id) from core.articles) as articles,
        (select count(*) from clean.rejects) as rejects
)
select
    counted,
    kept
from counted
cross join kept
where counted is distinct from kept
