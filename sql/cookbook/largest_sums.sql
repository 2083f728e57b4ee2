-- What are the largest sums of money, and what are they for?
select
    currency,
    coalesce(value, high, low) as amount,
    figure,
    coalesce(counted, about) as what,
    speaker,
    day,
    evidence
from mart.figures
where kind = 'money' and change is null
order by amount desc, day desc, version_id, quantity
limit 20;
