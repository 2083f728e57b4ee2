-- What is said of whoever or whatever is named most, and by whom?
select
    q.day,
    q.speaker,
    q.text,
    q.publisher
from mart.quotes q
join (
    select distinct version_id, sentence, name
    from facts.mentions
    where entity_id = (
        select entity_id
        from mart.entities
        order by articles desc, mentions desc, entity_id
        limit 1
    )
) m using (version_id, sentence)
where q.speaker is distinct from m.name
order by q.day desc, q.version_id, q.start
limit 20;
