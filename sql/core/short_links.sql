-- Surnames and acronyms that stand alone in an article, and whose they are: the one of that name who is by far the most
--   named, and more so where the article names the same people and organisations as those that give the name in full.
-- kind: table
-- grain: version_id, mention_id
-- tracked: version_id
-- version_id: The article version
-- mention_id: The short name, `entity_id` as extraction gives it
-- full_id: The full one, the same
-- shared: Others that the article names and that are named with the full name elsewhere
with full_names as (
    select n.version_id, n.article_id, n.name, coalesce(l.full_id, n.mention_id) as full_id
    from core.named n
    left join core.name_links l using (mention_id)
    where regexp_matches(n.mention_id, '^(person|org|event|law):.+-')
),
keyed as (
    select distinct
        full_id,
        'person:' || regexp_replace(strip_accents(lower(regexp_extract(name, '\S+$'))), '[^\p{L}\p{N}_]+', '-', 'g') as key
    from full_names
    where full_id like 'person:%'
    union all
    select mention_id, 'initials:' || letters
    from core.initials
),
owners as (
    select f.full_id, k.key, count(distinct f.article_id) as articles
    from full_names f
    join keyed k using (full_id)
    group by f.full_id, k.key
    having articles >= 2
    qualify row_number() over (partition by k.key order by articles desc, f.full_id) <= 3
),
shorts as (
    select
        version_id,
        mention_id,
        if(mention_id like 'person:%', mention_id, 'initials:' || replace(string_split(mention_id, ':')[2], '-', '')) as key
    from core.named
    where mention_id like 'person:%' or in_capitals and mention_id like 'org:%'
),
-- Where the article names people of that surname in full, it means none but them.
here as (
    select distinct f.version_id, k.key, f.full_id
    from full_names f
    join keyed k using (full_id)
    where k.key like 'person:%'
),
alone as (
    select s.version_id, s.mention_id, o.full_id, o.articles
    from shorts s
    join owners o on o.key = s.key and o.full_id <> s.mention_id
    left join here h on h.version_id = s.version_id and h.key = s.key
    group by all
    having count(h.full_id) = 0 or bool_or(h.full_id = o.full_id)
),
companions as (
    select version_id, mention_id as other_id
    from core.named
    where regexp_matches(mention_id, '^(person|org|event|law|product|Q)')
    qualify count(*) over (partition by mention_id) <= 300
),
owned as (
    select distinct f.full_id, c.other_id
    from full_names f
    join companions c using (version_id)
    where f.full_id in (select full_id from alone) and c.other_id <> f.full_id
),
shared as (
    select a.version_id, a.mention_id, a.full_id, count(*) as shared
    from alone a
    join companions c on c.version_id = a.version_id and c.other_id <> a.mention_id
    join owned o on o.full_id = a.full_id and o.other_id = c.other_id
    group by all
),
weighed as (
    select a.*, coalesce(s.shared, 0) as shared, a.articles * (1 + coalesce(s.shared, 0)) as weight
    from alone a
    left join shared s using (version_id, mention_id, full_id)
),
ranked as (
    select
        *,
        lead(weight, 1, 0) over best as next_weight,
        row_number() over best as place
    from weighed
    window best as (partition by version_id, mention_id order by weight desc, full_id)
)
select version_id, mention_id, full_id, shared
from ranked
where place = 1 and weight >= 5 * next_weight and shared >= 1
order by all
