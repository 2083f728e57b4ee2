-- Each decision that counts is about an entity that is there: none was merged away or linked elsewhere since.
-- severity: warn
select r.number, r.what, coalesce(if(r.what in ('merge', 'split'), r.value, null), r.entity_id) as entity_id
from meta.rules r
where coalesce(if(r.what in ('merge', 'split'), r.value, null), r.entity_id) not in (select entity_id from core.entities)
