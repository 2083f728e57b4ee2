-- From the largest counts back to the bytes: their sentence, their article, its file and the file's hash.
with largest as (
    select *
    from mart.figures
    where kind = 'cardinal'
    order by coalesce(value, high, low) desc, version_id, quantity
    limit 5
)
select
    f.figure,
    f.counted,
    f.evidence,
    f.title,
    c.source,
    c.captured_at,
    c.sha256
from largest f
join core.articles a using (version_id)
join raw.captures c using (capture_id)
order by coalesce(f.value, f.high, f.low) desc, f.version_id, f.quantity;
