-- Articles and words by day and publisher, each article once in its newest version.
-- kind: view
-- grain: day, publisher
-- day: Day of publication; where that is unknown, the day of capture
-- publisher: The paper or site; null where unknown
-- articles: Articles
-- updated: Articles among them with more than one version
-- wire: Articles among them that came from a news agency
-- words: Words of their bodies
select
    day,
    publisher,
    count(*) as articles,
    count(*) filter (version > 1) as updated,
    count(*) filter (wire is not null) as wire,
    sum(words)::bigint as words
from core.articles
where is_latest
group by day, publisher
order by day, publisher
