-- Which numbers did officials give about troops?
select
    day,
    figure,
    bound,
    hedge,
    speaker,
    publisher,
    evidence
from figures('troops')
where source_type = 'official'
order by day desc, version_id, start;
