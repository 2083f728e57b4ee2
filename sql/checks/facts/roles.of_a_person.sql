-- What somebody is said to be is said of a person of the article.
-- severity: blocking
-- by: version_id
select
    r.version_id,
    r."index",
    r.text
from facts.roles r
left join facts.mentions m on m.version_id = r.version_id and m."index" = r.mention
where coalesce(m.type <> 'PERSON', true)
