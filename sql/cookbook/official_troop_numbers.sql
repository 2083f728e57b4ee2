-- Which numbers did officials give about troops?
select
    day,
    figure,
    hedge,
    speaker,
    publisher,
    evidence
from figures('troops')
where source_type = 'official'
order by day desc, version_id, start;
