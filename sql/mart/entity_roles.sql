-- What people are said to be, and when.
-- kind: table
-- grain: entity_id, role
-- entity_id: The person
-- name: Canonical name
-- role: The words beside the name
-- field: Walk of life: public, business, sport, arts, media, science, religion, private; any where it does not tell
-- articles: Articles that say so
-- first_day: Day of the first of these articles
-- last_day: Day of the last
select
    e.entity_id,
    e.name,
    r.role,
    min(r.field) as field,
    count(distinct a.article_id) as articles,
    min(a.day) as first_day,
    max(a.day) as last_day
from core.roles r
join core.article_entities n using (version_id, mention_id)
join core.articles a using (version_id)
join core.entities e on e.entity_id = n.entity_id
where a.is_latest and not e.is_hidden
group by all
order by e.entity_id, articles desc, r.role
