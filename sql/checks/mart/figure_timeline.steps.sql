-- The steps of a series are numbered from 1 without a gap, each is another figure, and the first alone is called so.
-- severity: warn
select
    series,
    count(*) as steps,
    max(step) as last_step,
    count(distinct (version_id, quantity)) as different,
    count(*) filter ((relation = 'first') <> (step = 1)) as misnamed
from mart.figure_timeline
group by series
having last_step <> steps or different <> steps or misnamed > 0
