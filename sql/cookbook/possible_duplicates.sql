-- Which entities may be one? `dateline entity merge` makes them one.
select entity_id, other_id, evidence, shared, round(score, 2) as score
from mart.entity_duplicates
order by score desc, entity_id, other_id
limit 20
