-- No capture waits to be cleaned.
-- severity: warn
select
    capture_id,
    source
from core.outcomes
where outcome = 'waiting'
