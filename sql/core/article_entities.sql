-- Who is who: each name of each article version, and the entity that it stands for across all articles.
-- kind: sliced
-- grain: version_id, mention_id
-- tracked: version_id
-- reach: with renamed as (
--     select value as mention_id from meta.changed where model in ('core/name_links', 'core/org_names')
--     union
--     select mention_id from core.name_links
--     where full_id in (select value from meta.changed where model = 'core/org_names')
--   )
--   select version_id from core.named where mention_id in (select mention_id from renamed)
--   union all
--   select version_id from core.acronym_links where full_id in (select mention_id from renamed)
--   union all
--   select version_id from core.short_links where full_id in (select mention_id from renamed)
-- version_id: The article version
-- mention_id: `entity_id` as extraction gives it, in facts.mentions and facts.quotes
-- article_id: The same for all versions of one article
-- entity_id: The entity, in core.entities
-- why: What made it another than `mention_id`: area, place, namesake, surname, acronym, initial, form, type, spelling,
--   split, merge; null where it is the same
-- is_latest: Whether the version is the newest of its article
-- day: Day of publication; where that is unknown, the day of capture
-- name: Canonical name in the article
-- type: OntoNotes name type
-- mentions: Times that the article names it
with linked as (
    select
        n.*,
        coalesce(r.entity_id, c.place_id, k.entity_id, a.full_id, s.full_id) as in_article,
        case
            when r.entity_id is not null then 'area'
            when c.place_id is not null then 'place'
            when k.entity_id is not null then 'namesake'
            when a.full_id is not null then 'acronym'
            when s.full_id is not null then if(s.full_id like 'person:%', 'surname', 'acronym')
        end as why_in_article
    from core.named n
    left join core.area_links r using (version_id, mention_id)
    left join core.place_links c using (version_id, mention_id)
    left join core.namesakes k using (version_id, mention_id)
    left join core.acronym_links a using (version_id, mention_id)
    left join core.short_links s using (version_id, mention_id)
),
everywhere as (
    select
        l.*,
        coalesce(o.full_id, g.full_id, l.in_article, l.mention_id) as linked_id,
        coalesce(l.why_in_article, g.why, if(o.full_id is not null, 'spelling', null)) as why_linked
    from linked l
    left join core.name_links g on g.mention_id = coalesce(l.in_article, l.mention_id)
    left join core.org_names o on o.mention_id = coalesce(g.full_id, l.in_article, l.mention_id)
),
merged as (
    select e.*, coalesce(r.value, e.linked_id) as merged_id
    from everywhere e
    left join meta.rules r on r.what = 'merge' and r.entity_id = e.linked_id
),
split as (
    select m.*, coalesce(p.value, q.value) as split_id
    from merged m
    left join meta.rules p on p.what = 'split' and p.entity_id = m.merged_id and p.part = m.mention_id
    left join meta.rules q on q.what = 'split' and q.entity_id = m.merged_id and q.part = m.article_id
)
select
    s.version_id,
    s.mention_id,
    s.article_id,
    coalesce(r.value, s.split_id, s.merged_id) as entity_id,
    case
        when coalesce(r.value, s.split_id, s.merged_id) = s.mention_id then null
        when r.value is not null then 'merge'
        when s.split_id is not null then 'split'
        when s.merged_id <> s.linked_id then 'merge'
        else s.why_linked
    end as why,
    s.is_latest,
    a.day,
    s.name,
    s.type,
    s.mentions
from split s
join core.articles a using (version_id)
left join meta.rules r on r.what = 'merge' and r.entity_id = s.split_id
order by a.day, s.version_id, s.mention_id
