-- People who share a name with another and are somebody else: their walks of life differ, no article shows both, and
--   they are named with nobody in common. The one whose articles begin first keeps the plain id.
-- kind: table
-- grain: version_id, mention_id
-- tracked: version_id
-- version_id: The article version
-- mention_id: `entity_id` as extraction gives it
-- entity_id: The same, with `~` and the walk of life behind it
with recursive fields as (
    select distinct r.version_id, r.mention_id, r.field
    from core.roles r
    where r.field not in ('any', 'private') and contains(r.mention_id, '-')
),
several as (
    select mention_id from fields group by mention_id having count(distinct field) > 1
),
shown as (
    select f.*, n.day, n.article_id
    from fields f
    join core.named n using (version_id, mention_id)
    where f.mention_id in (from several)
),
groups as (
    select mention_id, field, min(day) as day, min(version_id) as version_id from shown group by all
),
companions as (
    select distinct s.mention_id, s.field, n.mention_id as other_id
    from shown s
    join core.named n on n.version_id = s.version_id and n.mention_id <> s.mention_id
    where regexp_matches(n.mention_id, '^(person|org|event|product|work_of_art):')
),
-- Two walks of life are one person's where an article shows both, or the company is the same.
same as (
    select a.mention_id, a.field, b.field as other
    from shown a
    join shown b on b.mention_id = a.mention_id and b.article_id = a.article_id and b.field <> a.field
    union
    select a.mention_id, a.field, b.field
    from companions a
    join companions b on b.mention_id = a.mention_id and b.other_id = a.other_id and b.field <> a.field
),
lowest(mention_id, field, first) using key (mention_id, field) as (
    select mention_id, field, field from groups
    union
    select s.mention_id, s.field, min(l.first)
    from lowest l
    join same s on s.mention_id = l.mention_id and s.other = l.field
    join recurring.lowest mine on mine.mention_id = s.mention_id and mine.field = s.field
    where l.first < mine.first
    group by s.mention_id, s.field
),
parts as (
    select mention_id, first, min(g.day) as day, min(g.version_id) as version_id
    from lowest
    join groups g using (mention_id, field)
    group by all
),
others as (
    select mention_id, first, row_number() over (partition by mention_id order by day nulls last, version_id) > 1 as is_other
    from parts
),
people as (
    select l.mention_id, l.field, l.first, o.is_other
    from lowest l
    join others o using (mention_id, first)
),
-- An article that does not say what the person is tells by the company. One step after the other: left to itself, DuckDB
-- may begin with all pairs of names of all articles.
company as materialized (
    select c.mention_id, c.other_id, p.first, p.is_other
    from companions c
    join people p using (mention_id, field)
),
silent as materialized (
    select version_id, mention_id from core.named where mention_id in (select mention_id from company)
),
told as (
    select n.version_id, n.mention_id, p.first, p.is_other, 1000 as weight
    from shown n
    join people p using (mention_id, field)
    union all
    select n.version_id, n.mention_id, c.first, c.is_other, count(distinct c.other_id)
    from silent n
    join core.named o on o.version_id = n.version_id
    join company c on c.mention_id = n.mention_id and c.other_id = o.mention_id
    group by all
),
chosen as (
    select version_id, mention_id, arg_max(first, (weight, -ascii(first), not is_other)) as first,
        arg_max(is_other, (weight, -ascii(first), not is_other)) as is_other
    from told
    group by all
)
select version_id, mention_id, mention_id || '~' || first as entity_id
from chosen
where is_other
order by all
