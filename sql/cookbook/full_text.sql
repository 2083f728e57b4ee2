-- What was written about troops leaving?
select
    score,
    day,
    publisher,
    title,
    snippet
from search('troops leave')
limit 10;
