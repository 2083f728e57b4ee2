-- How did the number of troops develop: which figure was given for which day, and by whom?
select
    coalesce(as_of_last, day) as as_of,
    figure,
    low,
    high,
    hedge,
    speaker,
    publisher
from figures('troops')
order by as_of, low, version_id, start;
