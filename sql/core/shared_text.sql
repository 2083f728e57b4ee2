-- Pairs of texts that share so much that one was printed from the other, or both from a third.
-- kind: incremental
-- grain: version_id, other_id
-- order: captured_at
-- version_id: The text that was captured later
-- other_id: The version that was captured earlier
-- shared: Sampled runs of five words that stand in both
-- share: Share of the shorter text's sample that stands in the longer one, 0 to 1
-- likeness: Share of the longer text's sample that stands in the shorter one, 0 to 1
with firsts as (
    select version_id, arg_min(rowid, (captured_at, capture_id)) as line
    from clean.articles
    group by version_id
),
texts as (
    select
        f.version_id,
        f.line,
        len(a.fingerprint) as size,
        row_number() over (order by a.captured_at, a.capture_id) as place,
        a.shard in (select path from meta.fresh) as fresh
    from firsts f
    join clean.articles a on a.rowid = f.line
),
asked as (
    select distinct unnest(fingerprint) as run
    from clean.articles
    where shard in (select path from meta.fresh)
),
found as (
    select line, run
    from (select rowid as line, unnest(fingerprint) as run from clean.articles)
    semi join asked using (run)
),
-- A run that stood in very many texts before is a fixed phrase, and says nothing about copying.
held as (
    select f.run, t.place, t.fresh, row_number() over (partition by f.run order by t.place) as nth
    from found f
    join texts t using (line)
    qualify nth <= 200
),
pairs as (
    select l.place, e.place as earlier, count(*) as shared
    from held l
    join held e on e.run = l.run and e.place < l.place
    where l.fresh
    group by l.place, earlier
    having shared >= 3
)
select
    l.version_id,
    e.version_id as other_id,
    p.shared,
    p.shared / least(l.size, e.size) as share,
    p.shared / greatest(l.size, e.size) as likeness
from pairs p
join texts l on l.place = p.place
join texts e on e.place = p.earlier
where p.shared / least(l.size, e.size) >= 0.3
order by all
