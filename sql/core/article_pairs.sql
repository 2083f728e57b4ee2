-- Entities that the newest version of an article names in one sentence; no sentence of more than 20 names, which is a list.
-- kind: sliced
-- grain: version_id, entity_a, entity_b
-- tracked: pair
-- reach: select version_id from core.article_entities
--   where entity_id in (select value from meta.changed where model = 'core/entity_names')
-- version_id: The article version
-- entity_a: `entity_id` of the one, the smaller of the two
-- entity_b: `entity_id` of the other
-- pair: A number that stands for the two
-- day: Day of publication; where that is unknown, the day of capture
-- sentences: Sentences that name both
-- sentence: Index of the first of them
-- content: A hash of its text
with named as (
    select distinct m.version_id, a.day, m.sentence, e.entity_id, n.is_hidden
    from facts.mentions m
    join core.articles a on a.version_id = m.version_id and a.is_latest
    join core.article_entities e on e.version_id = m.version_id and e.mention_id = m.entity_id
    join core.entity_names n on n.entity_id = e.entity_id
    where m.sentence is not null
    qualify count(*) over (partition by m.version_id, m.sentence) <= 20
),
paired as (
    select
        one.version_id,
        one.entity_id as entity_a,
        other.entity_id as entity_b,
        any_value(one.day) as day,
        count(*) as sentences,
        min(one.sentence) as sentence
    from named one
    join named other
        on other.version_id = one.version_id and other.sentence = one.sentence and other.entity_id > one.entity_id
    where not one.is_hidden and not other.is_hidden
    group by one.version_id, one.entity_id, other.entity_id
)
select
    p.version_id,
    p.entity_a,
    p.entity_b,
    md5_number_lower(concat_ws('|', p.entity_a, p.entity_b)) as pair,
    p.day,
    p.sentences,
    p.sentence,
    hash(s.text) as content
from paired p
left join facts.sentences s on s.version_id = p.version_id and s."index" = p.sentence
order by p.version_id, p.entity_a, p.entity_b
