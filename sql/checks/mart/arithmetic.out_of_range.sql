-- A percentage that is reported lies outside of what its two ends allow.
-- severity: warn
select
    version_id,
    quantity,
    expected_low,
    printed,
    expected_high
from mart.arithmetic
where printed between expected_low and expected_high or expected_low > expected_high
