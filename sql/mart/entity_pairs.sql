-- Entities that are named in one sentence; each pair once, and no sentence of more than 20 names, which is a list.
-- kind: table
-- grain: entity_a, entity_b
-- entity_a: `entity_id` of the one, the smaller of the two
-- entity_b: `entity_id` of the other
-- name_a: Name of the one
-- name_b: Name of the other
-- type_a: OntoNotes name type of the one
-- type_b: OntoNotes name type of the other
-- sentences: Sentences that name both
-- articles: Articles that do
-- first_day: Day of the first of these articles
-- last_day: Day of the last
-- example: Such a sentence, from the last of them
with named as (
    select distinct
        a.article_id,
        a.day,
        m.version_id,
        m.sentence,
        e.entity_id
    from facts.mentions m
    join core.articles a on a.version_id = m.version_id and a.is_latest
    join core.article_entities e on e.version_id = m.version_id and e.mention_id = m.entity_id
    where m.sentence is not null
    qualify count(*) over (partition by m.version_id, m.sentence) <= 20
),
pairs as (
    select
        one.entity_id as entity_a,
        other.entity_id as entity_b,
        count(*) as sentences,
        count(distinct one.article_id) as articles,
        min(one.day) as first_day,
        max(one.day) as last_day,
        arg_max(
            {'version_id': one.version_id, 'sentence': one.sentence}, (one.day, one.version_id, -one.sentence)
        ) as latest
    from named one
    join named other
        on other.version_id = one.version_id
        and other.sentence = one.sentence
        and other.entity_id > one.entity_id
    group by one.entity_id, other.entity_id
)
select
    p.entity_a,
    p.entity_b,
    a.name as name_a,
    b.name as name_b,
    a.type as type_a,
    b.type as type_b,
    p.sentences,
    p.articles,
    p.first_day,
    p.last_day,
    s.text as example
from pairs p
join core.entities a on a.entity_id = p.entity_a and not a.is_hidden
join core.entities b on b.entity_id = p.entity_b and not b.is_hidden
left join facts.sentences s on s.version_id = p.latest.version_id and s."index" = p.latest.sentence
order by p.sentences desc, p.entity_a, p.entity_b
