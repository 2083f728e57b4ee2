-- Attributions that are a silence: "declined to comment" reports what somebody does with words, but nobody is quoted by it.
-- kind: sliced
-- grain: version_id, quote
-- version_id: The article version
-- quote: Place among the article's quotes, from 0
select distinct q.version_id, q."index" as quote
from facts.quotes q
join facts.silences s
    on s.version_id = q.version_id and q.cue_start >= s.cue_start and q.cue_start < s.cue_end
order by all
