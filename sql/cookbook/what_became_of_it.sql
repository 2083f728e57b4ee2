-- What came in and what became of it, and why was the rest turned away?
select
    day,
    outcome,
    reason,
    captures
from mart.intake_daily
order by day desc, outcome, reason;
