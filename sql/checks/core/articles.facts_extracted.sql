-- Every English version has been through extraction: it has sentences, or the reason why it has no facts.
-- severity: warn
-- by: version_id
select
    version_id,
    title
from core.articles
where words > 0
    and coalesce(language, 'en') = 'en'
    and version_id not in (select version_id from facts.sentences)
    and version_id not in (select version_id from facts.failures)
