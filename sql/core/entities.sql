-- The registry: everybody and everything that the newest version of an article names, one row each.
-- kind: table
-- grain: entity_id
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
-- articles: Articles that name it
-- mentions: Times that they do
-- first_day: Day of the first of these articles
-- last_day: Day of the last
with counted as (
    select
        e.entity_id,
        count(distinct e.article_id) as articles,
        sum(e.mentions)::bigint as mentions,
        min(a.day) as first_day,
        max(a.day) as last_day
    from core.article_entities e
    join core.articles a using (version_id)
    where e.is_latest
    group by e.entity_id
)
select
    n.*,
    c.articles,
    c.mentions,
    c.first_day,
    c.last_day
from core.entity_names n
join counted c using (entity_id)
order by c.articles desc, c.mentions desc, n.entity_id
