-- No source has failed three times running.
-- severity: warn
select
    source,
    failures,
    last_seen,
    last_outcome,
    last_error
from mart.source_health
where failures >= 3
