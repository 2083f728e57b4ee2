-- By what names are those called who are named most?
select e.name, a.alias, a.mentions, a.articles
from core.aliases a
join (
    select entity_id, name, articles
    from core.entities
    order by articles desc, entity_id
    limit 5
) e using (entity_id)
order by e.articles desc, e.name, a.mentions desc, a.alias
limit 20
