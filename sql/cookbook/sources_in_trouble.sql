-- Which sources need somebody to look at them, and why?
select
    source,
    case
        when failures > 0 then last_outcome
        when is_silent then 'silent'
        when cleans_badly then 'cleans badly'
    end as trouble,
    failures,
    last_seen,
    last_new_at,
    quiet_hours,
    usual_gap_hours,
    recent_rejected,
    usual_rejected,
    last_error
from mart.source_health
where failures > 0 or is_silent or cleans_badly
order by failures desc, source;
