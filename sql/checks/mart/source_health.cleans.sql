-- The articles of no source suddenly clean worse than they did.
-- severity: warn
select
    source,
    recent_rejected,
    usual_rejected,
    recent_words,
    usual_words
from mart.source_health
where cleans_badly
