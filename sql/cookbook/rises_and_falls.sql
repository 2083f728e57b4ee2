-- What rose and what fell, and by how much?
select
    day,
    coalesce(about, counted) as what,
    change,
    figure,
    as_of_last as as_of,
    speaker,
    evidence
from mart.figures
where change is not null
order by day desc, version_id, quantity
limit 20;
