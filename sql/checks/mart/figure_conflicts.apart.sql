-- The intervals of two figures in conflict do not overlap, where both are in one unit.
-- severity: warn
select
    c.series,
    c.step,
    c.other_step,
    c.figure,
    c.other_figure
from mart.figure_conflicts c
join mart.figure_timeline o on o.series = c.series and o.step = c.other_step
where c.unit is not distinct from o.unit
    and coalesce(c.low <= c.other_high, true)
    and coalesce(c.other_low <= c.high, true)
