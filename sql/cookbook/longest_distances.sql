-- Which are the longest distances, in metres, whatever unit they are printed in?
select
    coalesce(si_value, si_high, si_low) as metres,
    figure,
    coalesce(about, counted) as what,
    bound,
    approx,
    day,
    evidence
from mart.figures
where dimension = 'length' and change is null
order by metres desc, day desc, version_id, quantity
limit 20;
