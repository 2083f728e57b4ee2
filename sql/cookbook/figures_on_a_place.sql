-- Which figures stand in sentences that name a place, here the one that is named most?
select
    day,
    figure,
    coalesce(counted, about) as what,
    speaker,
    hedge,
    evidence
from figures_about((
    select name
    from mart.entities
    where type in ('GPE', 'LOC')
    order by articles desc, mentions desc, name
    limit 1
), most := 20)
order by day desc, version_id, start
limit 20;
