-- Which papers ran the same story, whose is it, and under which headlines?
select
    origin,
    copies,
    list(distinct publisher order by publisher) as publishers,
    list(distinct title order by title) as titles
from core.copies
group by copy_group, origin, copies
having count(distinct publisher) > 1
order by copies desc, copy_group
limit 20;
