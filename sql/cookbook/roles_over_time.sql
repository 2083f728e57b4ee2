-- What has a person been called over time?
select name, role, first_day, last_day, articles
from mart.entity_roles
order by name, first_day, role
limit 20
