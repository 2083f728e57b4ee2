-- Cities that articles name, found by what else the article names: the country or state, a region behind a comma; else
--   by how many people live there. What fits none well, or two alike, is left out.
-- kind: sliced
-- grain: version_id, mention_id
-- version_id: The article version
-- mention_id: `entity_id` as extraction gives it
-- place_id: The city in ref.places
-- score: How well it fits: 1.3 times the decimal logarithm of its inhabitants, half a point for its main name, one for a
--   capital; where the article names its country or region, the logarithm of how much that narrows the choice among all
--   cities, at most 2.5; 5 for what stands behind a comma
-- margin: How much worse the next city of that name fits; null if there is none
with sizes as (
    select country as code, count(*) as cities from ref.places group by all
    union all
    select country || '-' || region, count(*) from ref.places where region <> '' group by all
),
areas as (
    select distinct a.version_id, a.code, least(2.5, log10((select count(*) from ref.places) / s.cities)) as narrows
    from core.areas_named a
    join sizes s using (code)
),
behind as (
    select distinct b.version_id, b.mention_id, a.code
    from core.places_behind b
    join core.areas_named a on a.version_id = b.version_id and a.mention_id = b.behind_id
),
candidates as (
    select n.version_id, n.mention_id, p.*, max(names.is_main) as is_main
    from core.named n
    join ref.place_names names on 'place:' || names.key = n.mention_id
    join ref.places p using (place_id)
    -- Short other names are codes of airports and the like; those of small towns are other words in other languages.
    where n.type = 'GPE' and (names.is_main or length(names.key) >= 4 and p.population >= 100000)
    group by all
),
scored as (
    select
        c.version_id,
        c.mention_id,
        c.place_id,
        1.3 * log10(greatest(c.population, 1)) + if(c.is_main, 0.5, 0) + if(c.is_capital, 1, 0)
        + max(greatest(
            if(b.code = c.country || '-' || c.region, 5, 0),
            if(b.code = c.country, 4, 0),
            coalesce(r.narrows, 0),
            coalesce(a.narrows, 0)
        )) as score,
        c.population,
        c.is_main
    from candidates c
    left join behind b on b.version_id = c.version_id and b.mention_id = c.mention_id
    left join areas a on a.version_id = c.version_id and a.code = c.country
    left join areas r on r.version_id = c.version_id and r.code = c.country || '-' || c.region
    group by c.version_id, c.mention_id, c.place_id, c.population, c.is_main, c.is_capital
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
-- A small town in a country that the article does not name is hardly meant; other names are less sure than main ones.
where place = 1 and score >= 7 and coalesce(margin, 9) >= if(is_main, 0.5, 1.5)
order by all
