-- Why does this article have this date, and not another?
select
    a.title,
    e.rank,
    e.won,
    e.source,
    e.value,
    e.zone,
    e.surface
from core.articles a
join clean.date_evidence e using (capture_id)
where a.title ilike '%storm%'
order by a.captured_at, a.version_id, e.rank;
