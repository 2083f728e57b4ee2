-- A figure that is reported lies outside of what the others allow.
-- severity: warn
-- by: version_id
select
    version_id,
    quantity,
    expected_low,
    printed,
    expected_high
from mart.arithmetic
where printed between expected_low and expected_high or expected_low > expected_high
