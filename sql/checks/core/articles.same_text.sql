-- Captures of one version have one text, one title and one article.
-- severity: blocking
-- by: version_id
select version_id
from clean.articles
group by version_id
having count(*) > 1
    and (min(hash(text, title)) <> max(hash(text, title)) or min(article_id) <> max(article_id))
