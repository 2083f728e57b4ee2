-- The canonical names that articles in their newest versions give an entity.
-- kind: table
-- grain: entity_id, name, type
-- entity_id: The entity
-- name: Canonical name in an article
-- type: OntoNotes name type that it has most often in an article
-- uses: Times that it is named so
-- is_short: Whether it is a surname, an acronym or the like everywhere, linked to a longer name
select
    entity_id,
    name,
    type,
    sum(mentions)::bigint as uses,
    bool_and(coalesce(why in ('surname', 'acronym', 'initial', 'merge'), false)) as is_short
from core.article_entities
where is_latest
group by all
order by all
