-- What each entity is called, in the newest version of each article.
-- kind: table
-- grain: entity_id, alias
-- entity_id: The entity
-- alias: The characters that name it
-- mentions: Times that it is called so
-- articles: Articles that do
select
    e.entity_id,
    m.text as alias,
    count(*) as mentions,
    count(distinct e.article_id) as articles
from facts.mentions m
join core.article_entities e on e.version_id = m.version_id and e.mention_id = m.entity_id
where e.is_latest
group by all
order by entity_id, mentions desc, alias
