-- Countries and regions that article versions name or may name: two of them can share a name, as Georgia.
-- kind: sliced
-- grain: version_id, mention_id, entity_id
-- version_id: The article version
-- mention_id: `entity_id` as extraction gives it: the area's own, that of a namesake, or a people's
-- entity_id: The area, a Wikidata id
-- code: ISO 3166 code, in lower case
-- country: Code of its country
-- is_named: Whether extraction takes the name for this one
select n.version_id, n.mention_id, t.entity_id, t.code, t.country, true as is_named
from core.named n
join ref.territories t on t.entity_id = n.mention_id
union all
select n.version_id, n.mention_id, o.entity_id, o.code, o.country, false
from core.named n
join ref.territories t on t.entity_id = n.mention_id
join ref.territories o on o.key = t.key and o.entity_id <> t.entity_id
union all
select n.version_id, n.mention_id, t.entity_id, t.code, t.country, false
from core.named n
join ref.territories t on n.mention_id = 'place:' || t.key and not t.is_country
where n.type = 'GPE'
union all
select distinct n.version_id, n.mention_id, t.entity_id, t.code, t.country, true
from core.named n
join ref.peoples p on p.name = lower(n.name)
join ref.territories t on t.code = p.country
where n.type = 'NORP'
order by all
