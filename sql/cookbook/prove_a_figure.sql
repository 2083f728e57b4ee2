-- From the largest count back to the bytes: its sentence, its article, the file and its hash.
select
    f.figure,
    f.counted,
    evidence(f.version_id, f.start, f."end") as evidence,
    f.title,
    c.source,
    c.captured_at,
    c.sha256
from mart.figures f
join core.articles a using (version_id)
join raw.captures c using (capture_id)
where f.kind = 'cardinal'
order by coalesce(f.value, f.high, f.low) desc, f.version_id, f.quantity
limit 5;
