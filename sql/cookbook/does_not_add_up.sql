-- Which figures do not fit those beside them?
select
    day,
    publisher,
    sum,
    evidence
from mart.arithmetic
order by day desc, version_id, quantity
limit 20;
