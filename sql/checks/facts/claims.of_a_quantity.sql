-- Every claim is about a quantity of its article, and no two are about the same.
-- severity: blocking
-- by: version_id
select
    c.version_id,
    c.quantity,
    count(*) as claims
from facts.claims c
left join facts.quantities q on q.version_id = c.version_id and q."index" = c.quantity
group by c.version_id, c.quantity
having count(*) > 1 or count(q.version_id) = 0
