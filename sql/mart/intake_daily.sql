-- What came in and what became of it, by day of capture.
-- kind: view
-- grain: day, outcome, reason
-- day: Day of capture (UTC)
-- outcome: article, new_version, duplicate, reject or waiting
-- reason: Why they were rejected; null for other outcomes
-- captures: Captures
select
    (captured_at at time zone 'UTC')::date as day,
    outcome,
    reason,
    count(*) as captures
from core.outcomes
group by all
order by day, outcome, reason
