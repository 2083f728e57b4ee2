-- Which figures rest on sources that are not named?
select
    day,
    figure,
    coalesce(counted, about) as what,
    speaker,
    hedge,
    publisher,
    evidence
from mart.figures
where source_type = 'anonymous'
order by day desc, version_id, quantity
limit 20;
