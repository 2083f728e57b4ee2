-- Who and what each article version names: one row an entity as extraction gives it.
-- kind: sliced
-- grain: version_id, mention_id
-- version_id: The article version
-- mention_id: `entity_id` as extraction gives it: a class and a name, or a Wikidata id
-- article_id: The same for all versions of one article
-- day: Day of publication; null where that is unknown
-- is_latest: Whether the version is the newest of its article
-- name: Canonical name in the article
-- type: OntoNotes name type that it has most often there
-- mentions: Times that the article names it
-- in_capitals: Whether one of the names is written all in capitals, as acronyms are
select
    m.version_id,
    m.entity_id as mention_id,
    any_value(a.article_id) as article_id,
    any_value(a.published_day) as day,
    any_value(a.is_latest) as is_latest,
    min(m.name) as name,
    mode(m.type order by m.type) as type,
    count(*) as mentions,
    bool_or(regexp_matches(m.text, '^[A-Z][A-Z.&]{1,7}$')) as in_capitals
from facts.mentions m
join core.articles a using (version_id)
group by m.version_id, m.entity_id
order by all
