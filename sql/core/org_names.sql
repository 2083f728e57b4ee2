-- What organisations' names come to once they are written in one way: without company form ("Norlund AG"), points
--   ("U.S. Coast Patrol") and turns of phrase ("Ministry of the Interior", "Interior Ministry").
-- kind: table
-- grain: mention_id
-- tracked: mention_id
-- mention_id: A name, `entity_id` as extraction gives it
-- full_id: The name that it is written as; without the company form only if no article has two forms of it apart
-- form: Legal form by rigour; null where there is none, or any (Company)
with named as (
    select distinct
        mention_id,
        -- Letters with points are one word: u-s is us.
        regexp_replace(string_split(mention_id, ':')[2], '\b(\w)-(\w)\b(?:-(\w)\b)?(?:-(\w)\b)?', '\1\2\3\4', 'g') as spelling
    from core.named
    where mention_id like 'org:%-%'
),
turned as (
    select
        mention_id,
        regexp_replace(
            regexp_replace(
                regexp_replace(spelling, '^(.*\b)?(department|ministry)-of-(?:the-)?(.+)$', '\1\3-\2'),
                '\b(\w+)-affairs-(department|ministry)$', '\1-\2'
            ),
            '\bdefence-(department|ministry)$', 'defense-\1'
        ) as worded,
        -- "United Nations General Assembly" is "U.N. General Assembly".
        regexp_replace(worded, '^(?:(u)nited-(n)ations|(u)nited-(s)tates|(e)uropean-(u)nion)-', '\1\2\3\4\5\6-') as spelling
    from named
),
-- "Group" and "Party" are left out where an article does so, too.
softer as (
    select
        entity_id as mention_id,
        trim(regexp_replace(strip_accents(lower(text)), '[^\p{L}\p{N}_]+', '-', 'g'), '-') as bare
    from facts.mentions
    where regexp_matches(entity_id, '^org:.*-(group|holdings|party)\b')
    group by all
),
formed as (
    select
        t.mention_id,
        f.form,
        regexp_replace(t.spelling[: -length(f.word) - 2], '-(?:co|company|corp|corporation)$', '') as bare
    from turned t
    join ref.company_forms f on ends_with(t.spelling, '-' || f.word)
    where length(t.spelling) > length(f.word) + 3
    qualify row_number() over (partition by t.mention_id order by length(f.word) desc, f.word) = 1
),
soft as (
    select t.mention_id, regexp_replace(coalesce(f.bare, t.spelling), '-(?:group|holdings|party)$', '') as short
    from turned t
    left join formed f using (mention_id)
    where short <> coalesce(f.bare, t.spelling) and short in (select bare from softer)
),
apart as (
    select f.bare
    from formed f
    join core.named n using (mention_id)
    where f.form is not null
    group by f.bare, n.version_id
    having count(distinct f.form) > 1
)
select
    t.mention_id,
    'org:' || coalesce(s.short, if(f.bare in (from apart), t.spelling, coalesce(f.bare, t.spelling))) as full_id,
    f.form
from turned t
left join formed f using (mention_id)
left join soft s using (mention_id)
where full_id <> t.mention_id
order by all
