-- What did officials say, in their own words?
select
    day,
    speaker,
    text,
    publisher
from quotes_by('official')
where kind = 'direct'
order by day desc, version_id, start
limit 20;
