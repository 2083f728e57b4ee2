-- Everybody and everything that is named, in the newest version of each article.
-- kind: table
-- grain: entity_id
-- entity_id: Stable across documents
-- name: The name most often used for it
-- type: Its OntoNotes name type: PERSON, ORG, GPE ...
-- articles: Articles that name it
-- mentions: Times that it is named
-- first_day: Day of the first of these articles
-- last_day: Day of the last
with spellings as (
    select
        m.entity_id,
        m.name,
        m.type,
        count(*) as uses
    from facts.mentions m
    join core.articles a on a.version_id = m.version_id and a.is_latest
    group by all
),
names as (
    select
        entity_id,
        arg_min(name, (-uses, name, type)) as name,
        arg_min(type, (-uses, name, type)) as type
    from spellings
    group by entity_id
),
counts as (
    select
        m.entity_id,
        count(distinct a.article_id) as articles,
        count(*) as mentions,
        min(a.day) as first_day,
        max(a.day) as last_day
    from facts.mentions m
    join core.articles a on a.version_id = m.version_id and a.is_latest
    group by m.entity_id
)
select
    entity_id,
    name,
    type,
    articles,
    mentions,
    first_day,
    last_day
from counts
join names using (entity_id)
order by articles desc, mentions desc, entity_id
