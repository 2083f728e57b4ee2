-- What each figure that can be followed is taken to be about, and with which others it goes together: of several subjects
--   and names beside them, those under which most articles give it.
-- kind: sliced
-- grain: version_id, index
-- tracked: key
-- beyond: core/figure_subjects
-- reach: select version_id
--   from (select version_id, unnest(bonds) as bond from core.figure_subjects)
--   where bond in (select value::ubigint from meta.changed where model = 'core/figure_subjects')
--   union all
--   select version_id from core.articles
--   where article_id in (select value from meta.changed where model = 'core/copies')
-- day: Day of publication; where that is unknown, the day of capture
-- version_id: The article version
-- index: Place among the article's quantities, from 0
-- key: The same for all figures that go together: a hash of topic, kind, unit, change, outlook, length of the as-of, subject
--   and what holds it together (the other name, or else the article)
-- subject_id: The subject
-- called: Its name
-- subject_in: sentence or lead
-- story: The same for all copies of one story: its first article, or else the article itself
-- is_origin: Whether the story comes from this article
-- content: A hash of what else is told of the figure
with wanted as (
    select distinct unnest(bonds) as bond from core.figure_subjects
),
-- A name that only one article has holds nothing together.
common as (
    select bond, count(*) as articles
    from (
        select distinct bond, article
        from (select unnest(bonds) as bond, article from core."figure_subjects")
        semi join wanted using (bond)
    )
    group by bond
    having articles > 1
),
bound as (
    select version_id, "index", subject_id, unnest(bonds) as bond, unnest(companions) as companion
    from core.figure_subjects
),
keys as (
    select version_id, "index", subject_id, null as companion, 1 as articles
    from core.figure_subjects
    union all
    select b.version_id, b."index", b.subject_id, b.companion, c.articles
    from bound b
    join common c using (bond)
),
-- Alone a subject holds one article together. Then an event, then a place.
picked as (
    select s.* exclude (companions, bonds), k.companion
    from keys k
    join core.figure_subjects s using (version_id, "index", subject_id)
    qualify row_number() over (
        partition by version_id, "index"
        order by k.articles desc, k.companion is not null, s.is_event desc, s.is_place desc, subject_id, k.companion
    ) = 1
)
select
    a.day,
    p.version_id,
    p."index",
    md5(concat_ws('|', p.of_what, p.subject_id, coalesce(p.companion, p.within))) as key,
    p.subject_id,
    p.called,
    p.subject_in,
    coalesce(o.copy_group, a.article_id) as story,
    coalesce(o.is_origin, true) as is_origin,
    hash(
        f, q, c.hedge, c.negated, c.source_type, c.speaker_name, c.speaker, c.as_of_first, c.as_of_last, s.text, s.start,
        a.article_id, a.version, a.is_latest, a.day, a.published_utc, a.publisher
    ) as content
from picked p
join core.comparable_figures f using (version_id, "index")
join facts.quantities q using (version_id, "index")
join facts.claims c on c.version_id = p.version_id and c.quantity = p."index"
join facts.sentences s on s.version_id = p.version_id and s."index" = q.sentence
join core.articles a on a.version_id = p.version_id
left join core.copies o using (article_id)
order by a.day, p.version_id, p."index"
