-- Where is the news? Places with their coordinates, the most named first.
select name, latitude, longitude, articles
from mart.places
order by articles desc, name
limit 20
