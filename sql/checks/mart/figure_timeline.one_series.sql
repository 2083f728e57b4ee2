-- A figure is a step of one series at most.
-- severity: warn
select
    version_id,
    quantity,
    count(*) as steps
from mart.figure_timeline
group by version_id, quantity
having steps > 1
