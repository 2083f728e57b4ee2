-- By what names is an entity called?
select e.name, a.alias, a.mentions, a.articles
from core.aliases a
join core.entities e using (entity_id)
order by e.articles desc, e.name, a.mentions desc, a.alias
limit 20
