-- Which figures are promises, plans or expectations rather than facts, and for which day?
select
    as_of_last as by_day,
    hedge,
    figure,
    coalesce(counted, about) as what,
    speaker,
    evidence
from mart.figures
where hedge in ('planned', 'expected', 'possible')
order by by_day nulls last, day desc, version_id, quantity
limit 20;
