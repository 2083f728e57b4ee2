-- An article with a publication time has exactly one winner among the candidates, which says that time; others have none.
-- severity: blocking
select
    a.capture_id,
    a.published_at,
    count(e.capture_id) as winners,
    min(e.value) as value
from clean.articles a
join meta.shards s on s.path = a.shard
-- Articles of an older cleaner have no evidence until their day is made anew.
join meta.shards d on d.day = s.day and d.shard = s.shard and d."table" = 'clean/date_evidence'
left join clean.date_evidence e on e.capture_id = a.capture_id and e.verdict = 'won'
group by a.capture_id, a.published_at
having winners <> (a.published_at is not null)::int or value is distinct from a.published_at
