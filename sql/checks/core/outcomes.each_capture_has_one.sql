-- Every capture is exactly one of article, new version, duplicate and reject, or waits to be cleaned.
-- severity: blocking
select
    c.capture_id,
    c.source,
    count(o.capture_id) as outcomes
from raw.captures c
left join core.outcomes o on o.capture_id = c.capture_id and o.outcome is not null
group by c.capture_id, c.source
having count(o.capture_id) <> 1
