-- What everybody and everything is called that the newest version of an article names.
-- kind: table
-- grain: entity_id
-- tracked: entity_id
-- entity_id: A Wikidata id, `geonames:` and a number, or a class and a name; `~` and a word tell people of one name apart
-- name: Canonical name: of a country or city the one known before, else the full name most often used; or as decided
-- type: OntoNotes name type that it has most often; or as decided
-- code: ISO 3166 code of a territory, in lower case; of a city, its country's
-- alpha3: ISO 3166-1 code of three letters
-- wikidata_id: Wikidata id, where known
-- latitude: Degrees north: of a city; of a territory, the mean of its cities weighted by inhabitants
-- longitude: Degrees east
-- population: Inhabitants of a city
-- is_hidden: Whether it was decided to hide it: it is not in the marts
with called as (
    select
        entity_id,
        -- A surname or an acronym that was linked is not the entity's name as long as there is another.
        arg_min(name, (is_short, -uses, name)) as name,
        arg_min(type, (-uses, type)) as type
    from core.spellings
    group by entity_id
),
decided as (
    select
        entity_id,
        any_value(value) filter (what = 'rename') as name,
        any_value(value) filter (what = 'retype') as type,
        bool_or(what = 'hide') as is_hidden
    from meta.rules
    group by entity_id
)
select
    n.entity_id,
    coalesce(d.name, t.name, p.name, n.name) as name,
    coalesce(d.type, n.type) as type,
    coalesce(t.code, p.country) as code,
    t.alpha3,
    t.entity_id as wikidata_id,
    coalesce(t.latitude, p.latitude) as latitude,
    coalesce(t.longitude, p.longitude) as longitude,
    p.population,
    coalesce(d.is_hidden, false) as is_hidden
from called n
left join decided d using (entity_id)
left join ref.territories t using (entity_id)
left join ref.places p on p.place_id = n.entity_id
order by n.entity_id
