-- What is said of whoever or whatever is named most, and by whom?
with named as (
    select distinct version_id, sentence, name
    from facts.mentions
    where entity_id = (
        select entity_id
        from mart.entities
        order by articles desc, mentions desc, entity_id
        limit 1
    )
)
select
    day,
    speaker,
    text,
    publisher
from mart.quotes
-- The newest are known by few columns: only of these are the others read.
where rowid in (
    select q.rowid
    from mart.quotes q
    join named m using (version_id, sentence)
    where q.speaker is distinct from m.name
    order by q.day desc, q.version_id, q.start
    limit 20
)
order by day desc, version_id, start;
