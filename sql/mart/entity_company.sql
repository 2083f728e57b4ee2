-- With whom each entity is named most often: the pairs of `mart.entity_pairs` that lead for one of the two, at most 10.
-- kind: table
-- grain: entity_id, place
-- entity_id: The entity
-- place: From 1, the one with the most sentences first
-- other_id: `entity_id` of the other
-- name: Name of the other
-- type: OntoNotes name type of the other
-- sentences: Sentences that name both
-- articles: Articles that do
-- last_day: Day of the last of these articles
-- example: Such a sentence, from the last of them
with both_ways as (
    select entity_a as entity_id, entity_b as other_id, sentences, rowid as line from mart.entity_pairs
    union all
    select entity_b, entity_a, sentences, rowid from mart.entity_pairs
),
best as (
    select entity_id, arg_min(line, (-sentences, other_id), 10) as lines
    from both_ways
    group by entity_id
),
placed as (
    select entity_id, unnest(lines) as line, generate_subscripts(lines, 1) as place
    from best
)
select
    b.entity_id,
    b.place,
    if(p.entity_a = b.entity_id, p.entity_b, p.entity_a) as other_id,
    if(p.entity_a = b.entity_id, p.name_b, p.name_a) as name,
    if(p.entity_a = b.entity_id, p.type_b, p.type_a) as type,
    p.sentences,
    p.articles,
    p.last_day,
    p.example
from placed b
join mart.entity_pairs p on p.rowid = b.line
order by b.entity_id, b.place
