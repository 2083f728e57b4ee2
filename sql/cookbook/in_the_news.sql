-- Who and what was in the news in its last ten days, day by day: the three most named?
select
    day,
    name,
    type,
    articles
from mart.entities_daily
where day in (select distinct day from mart.entities_daily order by day desc limit 10)
qualify row_number() over (partition by day order by articles desc, mentions desc, entity_id) <= 3
order by day desc, articles desc, mentions desc, entity_id;
