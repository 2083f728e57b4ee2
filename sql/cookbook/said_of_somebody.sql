-- What is said of whoever or whatever is named most, and by whom else?
with who as (
    select entity_id
    from mart.entities
    order by articles desc, mentions desc, entity_id
    limit 1
),
named as (
    select m.version_id, m.sentence
    from core.article_entities e
    join facts.mentions m on m.version_id = e.version_id and m.entity_id = e.mention_id
    where e.entity_id = (from who)
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
    semi join named using (version_id, sentence)
    where q.speaker_id is distinct from (from who)
    order by q.day desc, q.version_id, q.start
    limit 20
)
order by day desc, version_id, start;
