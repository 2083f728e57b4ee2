-- Who would not comment, on what?
select
    day,
    speaker,
    role,
    kind,
    topic,
    asked_by,
    publisher,
    evidence
from mart.silences
order by day desc, version_id, start
limit 20;
