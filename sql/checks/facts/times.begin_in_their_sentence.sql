-- The sentence that a row of facts.times names is the one that it begins in.
-- severity: warn
-- by: version_id
select
    f.version_id,
    f."index",
    f.text
from facts.times f
left join facts.sentences s on s.version_id = f.version_id and s."index" = f.sentence
where f.sentence is not null and coalesce(f.start < s.start or f.start >= s."end", true)
