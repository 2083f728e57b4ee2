-- Which names appeared on the newest day for the first time?
select
    name,
    type,
    articles,
    mentions
from mart.entities
where first_day = (select max(day) from core.articles)
order by articles desc, mentions desc, entity_id
limit 20;
