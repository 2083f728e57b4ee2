-- No source has been quiet for more than three times as long as it usually is.
-- severity: warn
select
    source,
    last_new_at,
    quiet_hours,
    usual_gap_hours
from mart.source_health
where is_silent
