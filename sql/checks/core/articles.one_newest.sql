-- The versions of an article are numbered without a gap, and the last of them is its newest.
-- severity: blocking
-- by: version_id
select
    article_id,
    count(*) as versions,
    max(version) as last_version,
    max(version) filter (is_latest) as newest,
    count(*) filter (is_latest) as newest_versions
from core.articles
group by article_id
having last_version <> versions or newest is distinct from versions or newest_versions <> 1
