-- Every article is counted on exactly one day.
-- severity: blocking
with counted as (
    select coalesce(sum(articles), 0)::bigint as articles
    from mart.articles_daily
),
kept as (
    select count(distinct article_id) as articles
    from core.articles
)
select
    counted.articles as counted,
    kept.articles as kept
from counted
cross join kept
where counted.articles <> kept.articles
