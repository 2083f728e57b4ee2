-- Who asserts a figure, as an entity: the claims whose speaker is named.
-- kind: sliced
-- grain: version_id, quantity
-- version_id: The article version
-- quantity: Index of the quantity in the article
-- mention_id: The speaker, `entity_id` as extraction gives it
-- entity_id: The speaker in core.entities
with called as (
    select version_id, name, entity_id as mention_id, count(*) as uses
    from facts.mentions
    group by version_id, name, entity_id
    -- People and bodies speak; what else has their name does not.
    qualify row_number() over (
        partition by version_id, name
        order by regexp_matches(entity_id, '^(person|org):') desc, uses desc, entity_id
    ) = 1
)
select c.version_id, c.quantity, n.mention_id, e.entity_id
from facts.claims c
join called n on n.version_id = c.version_id and n.name = c.speaker_name
join core.article_entities e on e.version_id = n.version_id and e.mention_id = n.mention_id
order by all
