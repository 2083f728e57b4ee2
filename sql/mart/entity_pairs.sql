-- Entities that are named in one sentence; each pair once, and no sentence of more than 20 names, which is a list.
-- kind: grouped
-- grain: entity_a, entity_b
-- by: pair
-- of: core/article_pairs
-- beyond: facts/sentences
-- reach: select pair::varchar from mart.entity_pairs
--   where entity_a in (select value from meta.changed where model = 'core/entity_names')
--     or entity_b in (select value from meta.changed where model = 'core/entity_names')
-- entity_a: `entity_id` of the one, the smaller of the two
-- entity_b: `entity_id` of the other
-- pair: A number that stands for the two
-- name_a: Name of the one
-- name_b: Name of the other
-- type_a: OntoNotes name type of the one
-- type_b: OntoNotes name type of the other
-- sentences: Sentences that name both
-- articles: Articles that do
-- first_day: Day of the first of these articles
-- last_day: Day of the last
-- example: Such a sentence, from the last of them
with pairs as (
    select
        pair,
        any_value(entity_a) as entity_a,
        any_value(entity_b) as entity_b,
        sum(sentences)::bigint as sentences,
        count(*) as articles,
        min(day) as first_day,
        max(day) as last_day,
        arg_max({'version_id': version_id, 'sentence': sentence}, (day, version_id)) as example
    from core.article_pairs
    group by pair
)
select
    p.entity_a,
    p.entity_b,
    p.pair,
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
join core.entity_names a on a.entity_id = p.entity_a
join core.entity_names b on b.entity_id = p.entity_b
left join facts."sentences" s on s.version_id = p.example.version_id and s."index" = p.example.sentence
order by p.sentences desc, p.entity_a, p.entity_b
