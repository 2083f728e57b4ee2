-- Acronyms and what they stand for, in the articles that have both: "EU" and "European Union".
-- kind: sliced
-- grain: version_id, mention_id
-- version_id: The article version
-- mention_id: The acronym, `entity_id` as extraction gives it
-- full_id: What it stands for, the same; the only name of the article that has these initials
select a.version_id, a.mention_id, min(n.mention_id) as full_id
from core.named a
join core.initials i on i.letters = replace(string_split(a.mention_id, ':')[2], '-', '')
join core.named n on n.version_id = a.version_id and n.mention_id = i.mention_id and n.mention_id <> a.mention_id
where a.in_capitals and a.type in ('ORG', 'GPE', 'LOC', 'EVENT', 'LAW')
group by all
having count(distinct n.mention_id) = 1
order by all
