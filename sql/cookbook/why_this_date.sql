-- Why does this article have this date, and not another?
select a.title, e.* exclude (capture_id, cleaner_version, shard)
from core.articles a
join clean.date_evidence e using (capture_id)
where a.title ilike '%storm%'
order by a.captured_at, a.version_id, e.rank;
