-- An utterance stands in two articles or more, and copies of one story are never more than their articles.
-- severity: warn
select
    utterance_id,
    prints,
    independent,
    count(distinct article_id) as articles
from mart.quote_lineage
group by all
having prints < 2 or prints <> articles or independent not between 1 and prints
