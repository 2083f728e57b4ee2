-- How often each entity was named, by day.
-- kind: table
-- grain: day, entity_id
-- day: Day of publication; where that is unknown, the day of capture
-- entity_id: Stable across documents
-- name: The name most often used for it
-- type: Its OntoNotes name type
-- articles: Articles of the day that name it
-- mentions: Times that they name it
select
    a.day,
    m.entity_id,
    e.name,
    e.type,
    count(distinct a.article_id) as articles,
    count(*) as mentions
from facts.mentions m
join core.articles a on a.version_id = m.version_id and a.is_latest
join mart.entities e on e.entity_id = m.entity_id
group by all
order by a.day, articles desc, mentions desc, m.entity_id
