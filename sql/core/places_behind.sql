-- Places with another behind a comma: "Springfield, Illinois".
-- kind: sliced
-- grain: version_id, mention_id, behind_id
-- version_id: The article version
-- mention_id: The first, `entity_id` as extraction gives it
-- behind_id: The one behind the comma, the same
select distinct m.version_id, m.entity_id as mention_id, r.entity_id as behind_id
from facts.mentions m
join facts.mentions r on r.version_id = m.version_id and r."index" = m."index" + 1 and r.start = m."end" + 2
join clean.articles a on a.version_id = m.version_id and a.text[m."end" + 1 : m."end" + 2] = ', '
where m.type = 'GPE' and r.type in ('GPE', 'LOC')
order by all
