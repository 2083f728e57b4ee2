-- Everybody and everything that is named, in the newest version of each article: the registry without what is hidden.
-- kind: table
-- grain: entity_id
-- entity_id: The same in all articles
-- name: Canonical name
-- type: Its OntoNotes name type: PERSON, ORG, GPE ...
-- names: What it is called, the most frequent first, at most 10
-- roles: What it is said to be, the most frequent first, at most 5
-- articles: Articles that name it
-- mentions: Times that it is named
-- first_day: Day of the first of these articles
-- last_day: Day of the last
-- named_with: Ids of those it shares the most sentences with, at most 10
-- code: ISO 3166 code of a territory; of a city, its country's
-- wikidata_id: Wikidata id, where known
with called as (
    select entity_id, arg_min(alias, (-mentions, alias), 10) as names
    from core.aliases
    group by entity_id
),
said as (
    select entity_id, arg_min(role, (-articles, role), 5) as roles
    from mart.entity_roles
    group by entity_id
),
company as (
    select entity_id, list(other_id order by place) as named_with
    from mart.entity_company
    group by entity_id
)
select
    e.entity_id,
    e.name,
    e.type,
    c.names,
    coalesce(s.roles, []) as roles,
    e.articles,
    e.mentions,
    e.first_day,
    e.last_day,
    coalesce(w.named_with, []) as named_with,
    e.code,
    e.wikidata_id
from core.entities e
left join called c using (entity_id)
left join said s using (entity_id)
left join company w using (entity_id)
where not e.is_hidden
order by e.articles desc, e.mentions desc, e.entity_id
