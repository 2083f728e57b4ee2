-- Surnames and acronyms that stand alone in an article, also surnames that were taken for a body's or a place's name, and
--   whose they are: the one of that name who is by far the most named about then, and more so where the article names
--   the same people and organisations as those that give the name in full.
-- kind: table
-- grain: version_id, mention_id
-- tracked: version_id
-- version_id: The article version
-- mention_id: The short name, `entity_id` as extraction gives it
-- full_id: The full one, the same
-- shared: Others that the article names and that are named with the full name elsewhere
with full_names as (
    select n.version_id, n.article_id, year(n.day) as year, n.name, coalesce(l.full_id, n.mention_id) as full_id
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
counted as (
    select f.full_id, k.key, f.year, count(distinct f.article_id) as articles
    from full_names f
    join keyed k using (full_id)
    group by all
),
-- A surname alone that an article takes for a body or a place, where far more articles have it as somebody's.
mistaken as (
    select
        mention_id,
        'person:' || string_split(mention_id, ':')[2] as key,
        count(distinct article_id) as articles
    from core.named
    where regexp_matches(mention_id, '^(org|place):[^-]+$') and not in_capitals
        and 'person:' || string_split(mention_id, ':')[2] in (select key from keyed)
    group by mention_id
),
shorts as (
    select
        version_id,
        mention_id,
        year(day) as year,
        if(mention_id like 'person:%', mention_id, 'initials:' || replace(string_split(mention_id, ':')[2], '-', '')) as key
    from core.named
    where mention_id like 'person:%' or in_capitals and mention_id like 'org:%'
    union all
    select n.version_id, n.mention_id, year(n.day), m.key
    from core.named n
    join mistaken m using (mention_id)
    where not n.in_capitals
),
-- Who is meant by a surname changes with the years: those count who are named in full about then. Where nobody is, those
-- do who were in the ten years before: a name that was made stays known, one that is yet to be made is not.
named_then as (
    select
        s.key,
        s.year,
        c.full_id,
        sum(c.articles) filter (where s.year is null or c.key like 'initials:%' or abs(c.year - s.year) <= 1) as about_then,
        sum(c.articles) as so_far
    from (select distinct key, year from shorts) s
    join (from counted qualify sum(articles) over (partition by full_id, key) >= 2) c
        on c.key = s.key and (s.year is null or c.key like 'initials:%' or c.year between s.year - 10 and s.year + 1)
    group by s.key, s.year, c.full_id
),
owners as (
    select key, year, full_id, coalesce(about_then, so_far)::bigint as articles, about_then is null as is_earlier
    from named_then
    qualify about_then is not null or count(about_then) over (partition by key, year) = 0
),
foremost as (
    from owners
    qualify row_number() over (partition by key, year order by articles desc, full_id) <= 3
),
here as (
    select distinct f.version_id, k.key, f.full_id
    from full_names f
    join keyed k using (full_id)
    where k.key like 'person:%'
),
alone as (
    select s.version_id, s.mention_id, s.key, o.full_id, o.articles, o.is_earlier
    from shorts s
    join foremost o on o.key = s.key and o.year is not distinct from s.year and o.full_id <> s.mention_id
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
select r.version_id, r.mention_id, r.full_id, r.shared
from ranked r
-- Where the article names several people of that surname in full, it means one of them. Where it names one, it means
-- another: extraction has told those apart who are that one.
left join here h on h.version_id = r.version_id and h.key = r.key
left join mistaken m on m.mention_id = r.mention_id and m.key = r.key
where r.place = 1 and r.weight >= 5 * r.next_weight
    and r.shared >= if(r.is_earlier or m.key is not null, 2, 1)
    and r.articles >= 4 * coalesce(m.articles, 0)
group by all
having count(h.full_id) = 0 or bool_or(h.full_id = r.full_id) = (count(h.full_id) > 1)
order by all
