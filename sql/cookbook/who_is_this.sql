-- Who is this, by what names, in what roles, and with whom?
select name, type, names, roles, first_day, last_day, articles
from mart.entities
where type = 'PERSON'
order by articles desc, name
limit 10
