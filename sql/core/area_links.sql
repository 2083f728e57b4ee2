-- Names of countries, regions and capitals that mean another area of that name: Georgia in an article about Atlanta.
-- kind: sliced
-- grain: version_id, mention_id
-- version_id: The article version
-- mention_id: `entity_id` as extraction gives it
-- entity_id: The area meant, a Wikidata id
-- support: Regions of its country that the article names, and twice its own cities; one that the name stands behind, 3
with shared as (
    select version_id, mention_id, entity_id, code, country, is_named
    from core.areas_named
    where mention_id not like 'group:%'
    qualify not bool_and(is_named) over (partition by version_id, mention_id)
),
siblings as (
    select s.version_id, s.mention_id, s.entity_id, count(distinct o.mention_id) as support
    from shared s
    join core.areas_named o on o.version_id = s.version_id and o.country = s.country and o.mention_id <> s.mention_id
    -- That an article on a region names the country, too, tells little; what its people are called tells something.
    where o.is_named and (o.code <> o.country or o.code = s.code)
    group by all
),
cities as (
    select s.version_id, s.mention_id, s.entity_id, n.mention_id as city, max(b.behind_id is not null) as is_before
    from shared s
    join core.named n on n.version_id = s.version_id and n.mention_id <> s.mention_id and n.type = 'GPE'
    join ref.place_names k on k.is_main and 'place:' || k.key = n.mention_id
    join ref.places p on p.place_id = k.place_id and s.code in (p.country, p.country || '-' || p.region)
    left join core.places_behind b
        on b.version_id = s.version_id and b.mention_id = n.mention_id and b.behind_id = s.mention_id
    where p.population >= 100000 or b.behind_id is not null
    group by all
),
told as (
    select version_id, mention_id, entity_id, support, false as is_before from siblings
    union all
    select version_id, mention_id, entity_id, sum(if(is_before, 3, 2)), bool_or(is_before) from cities group by all
),
weighed as (
    select s.version_id, s.mention_id, s.entity_id, s.is_named, coalesce(sum(t.support), 0)::bigint as support,
        coalesce(bool_or(t.is_before), false) as is_before
    from shared s
    left join told t using (version_id, mention_id, entity_id)
    group by all
),
best as (
    select
        *,
        lead(support, 1, 0) over ranks as next_support,
        row_number() over ranks as place
    from weighed
    window ranks as (partition by version_id, mention_id order by support desc, is_named desc, entity_id)
)
select version_id, mention_id, entity_id, support
from best
-- A city's name is its region's only where a city stands before it: "Spokane, Washington".
where place = 1 and not is_named and support >= next_support + 2 and (is_before or mention_id not like 'place:%')
order by all
