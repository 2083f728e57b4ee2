-- Which lines does a site print in many articles, and in how many were they taken out?
select
    site,
    any_value(text order by text) as line,
    count(distinct article_id) as articles,
    count(*) filter (where taken_out) as taken_out
from clean.source_lines
group by site, line
having count(distinct article_id) >= 3
order by articles desc, site, line
limit 50;
