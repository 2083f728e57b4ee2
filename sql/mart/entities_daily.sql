-- How often each entity was named, by day.
-- kind: table
-- grain: day, entity_id
-- day: Day of publication; where that is unknown, the day of capture
-- entity_id: The same in all articles
-- name: Canonical name
-- type: Its OntoNotes name type
-- articles: Articles of the day that name it
-- mentions: Times that they name it
select
    a.day,
    e.entity_id,
    e.name,
    e.type,
    count(distinct n.article_id) as articles,
    sum(n.mentions)::bigint as mentions
from core.article_entities n
join core.articles a using (version_id)
join core.entities e on e.entity_id = n.entity_id
where n.is_latest and not e.is_hidden
group by all
order by a.day, articles desc, mentions desc, e.entity_id
