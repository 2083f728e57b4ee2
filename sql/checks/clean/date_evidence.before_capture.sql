-- No article is dated later than its capture; a time without a zone may be 14 hours ahead, as clocks of the earth are.
-- severity: blocking
select
    a.capture_id,
    a.captured_at,
    e.value,
    e.source
from clean.date_evidence e
join clean.articles a using (capture_id)
where e.verdict = 'won' and not coalesce(if(
    regexp_matches(e.value, 'T.*(Z|[+-]\d\d:?\d\d)$'),
    try_cast(e.value as timestamptz) <= a.captured_at,
    try_cast(e.value as timestamp) <= (a.captured_at at time zone 'UTC') + interval 14 hours
), false)
