-- Cities that articles name, found by what else the article names: the country or state, a region behind a comma; else
--   by how many people live there. What fits none well, or two alike, is left out.
-- kind: table
-- grain: version_id, mention_id
-- version_id: The article version
-- mention_id: `entity_id` as extraction gives it
-- place_id: The city in ref.places
-- score: How well it fits: decimal logarithm of its inhabitants, 2 more if the article names its country, 3 for its
--   state or region, 5 for what stands behind a comma
-- margin: How much worse the next city of that name fits; null if there is none
with areas as (
    select n.version_id, t.code, t.country
    from core.named n
    join ref.territories t on t.entity_id = n.mention_id
    union
    select n.version_id, p.country, p.country
    from core.named n
    join ref.peoples p on p.name = lower(n.name)
    where n.type = 'NORP'
),
-- "Springfield, Illinois"
behind as (
    select distinct m.version_id, m.entity_id as mention_id, t.code
    from facts.mentions m
    join facts.mentions r on r.version_id = m.version_id and r."index" = m."index" + 1 and r.start = m."end" + 2
    join ref.territories t on t.entity_id = r.entity_id
    join clean.articles a on a.version_id = m.version_id and a.text[m."end" + 1 : m."end" + 2] = ', '
    where m.type = 'GPE'
),
candidates as (
    select n.version_id, n.mention_id, p.*, max(names.is_main) as is_main
    from core.named n
    join ref.place_names names on 'place:' || names.key = n.mention_id
    join ref.places p using (place_id)
    -- Short other names are codes of airports and the like.
    where n.type = 'GPE' and (names.is_main or length(names.key) >= 4)
    group by all
),
scored as (
    select
        c.version_id,
        c.mention_id,
        c.place_id,
        max(
            log10(greatest(c.population, 1)) + if(c.is_main, 0.5, 0)
            + coalesce(if(b.code = c.country || '-' || c.region, 5, if(b.code = c.country, 4, null)), 0)
            + coalesce(if(r.code = c.country || '-' || c.region, 3, null), if(a.country = c.country, 2, null), 0)
        ) as score,
        max(c.population) as population
    from candidates c
    left join behind b on b.version_id = c.version_id and b.mention_id = c.mention_id
    left join areas a on a.version_id = c.version_id and a.country = c.country
    left join areas r on r.version_id = c.version_id and r.code = c.country || '-' || c.region
    group by all
),
ranked as (
    select
        *,
        score - lead(score) over best as margin,
        row_number() over best as place
    from scored
    window best as (partition by version_id, mention_id order by score desc, population desc, place_id)
)
select version_id, mention_id, place_id, score, margin
from ranked
-- A small town in a country that the article does not name is hardly meant.
where place = 1 and score >= 5.5 and coalesce(margin, 9) >= 0.5
order by all
