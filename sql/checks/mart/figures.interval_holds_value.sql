-- The value of a figure lies in the interval that it means.
-- severity: warn
-- by: version_id
select
    version_id,
    quantity,
    figure,
    low,
    value,
    high
from mart.figures
where value < low or value > high or low > high
