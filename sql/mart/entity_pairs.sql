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
with
-- Entities and articles go by numbers, in the order of id and of day: pairs are many, and their ids long.
articles as materialized (
    select version_id, day, row_number() over (order by day, version_id) as place
    from core.articles
    where is_latest
),
entities as materialized (
    select entity_id, name, type, is_hidden, row_number() over (order by entity_id) as number
    from core.entity_names
),
named as (
    select distinct a.place, m.sentence, n.number, n.is_hidden
    from facts.mentions m
    join articles a using (version_id)
    join core.article_entities e on e.version_id = m.version_id and e.mention_id = m.entity_id
    join entities n on n.entity_id = e.entity_id
    where m.sentence is not null
    qualify count(*) over (partition by a.place, m.sentence) <= 20
),
in_article as (
    select
        one.number as a,
        other.number as b,
        one.place,
        count(*) as sentences,
        min(one.sentence) as sentence
    from named one
    join named other on other.place = one.place and other.sentence = one.sentence and other.number > one.number
    where not one.is_hidden and not other.is_hidden
    group by all
),
pairs as (
    select
        a,
        b,
        sum(sentences)::bigint as sentences,
        count(*) as articles,
        min(place) as first_place,
        max(place) as last_place,
        arg_max(sentence, place) as sentence
    from in_article
    group by a, b
)
select
    a.entity_id as entity_a,
    b.entity_id as entity_b,
    a.name as name_a,
    b.name as name_b,
    a.type as type_a,
    b.type as type_b,
    p.sentences,
    p.articles,
    f.day as first_day,
    l.day as last_day,
    s.text as example
from pairs p
join entities a on a.number = p.a
join entities b on b.number = p.b
join articles f on f.place = p.first_place
join articles l on l.place = p.last_place
left join facts.sentences s on s.version_id = l.version_id and s."index" = p.sentence
order by p.sentences desc, p.a, p.b
