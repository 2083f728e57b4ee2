-- Inputs that gave no article, by step and reason, with the latest as an example.
-- kind: view
-- grain: stage, reason
-- stage: Step that rejected them
-- reason: Why, in one word or two
-- rejects: Captures rejected
-- first_captured_at: When the first was captured (UTC)
-- last_captured_at: When the last was captured (UTC)
-- example_source: Where the last came from
-- example_detail: What exactly was wrong with it
select
    stage,
    reason,
    count(*) as rejects,
    min(captured_at) as first_captured_at,
    max(captured_at) as last_captured_at,
    max_by(source, (captured_at, capture_id)) as example_source,
    max_by(detail, (captured_at, capture_id)) as example_detail
from clean.rejects
group by stage, reason
order by rejects desc, stage, reason
