-- What did officials say?
select
    day,
    speaker,
    kind,
    text,
    publisher
from quotes_by('official')
order by day desc, version_id, start
limit 20;
