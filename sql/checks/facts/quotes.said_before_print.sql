-- Nothing was said after the day on which it was printed, and no statement ends before it begins.
-- severity: warn
-- by: version_id
select
    q.version_id,
    q."index",
    q.said_first,
    q.said_last,
    a.day
from facts.quotes q
join core.articles a using (version_id)
where q.said_last < q.said_first or (a.published_at is not null and q.said_first > a.day)
