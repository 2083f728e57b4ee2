-- Countries, regions and cities that are named and where they lie, for a map.
-- kind: table
-- grain: entity_id
-- entity_id: Wikidata id of a territory, `geonames:` and a number of a city
-- name: Canonical name
-- latitude: Degrees north: of a city; of a territory, the mean of its cities weighted by inhabitants
-- longitude: Degrees east
-- code: ISO 3166 code of a territory, in lower case; of a city, its country's
-- population: Inhabitants of a city
-- articles: Articles that name it
-- mentions: Times that it is named
-- first_day: Day of the first of these articles
-- last_day: Day of the last
select
    entity_id,
    name,
    latitude,
    longitude,
    code,
    population,
    articles,
    mentions,
    first_day,
    last_day
from core.entities
where latitude is not null and not is_hidden
order by articles desc, mentions desc, entity_id
