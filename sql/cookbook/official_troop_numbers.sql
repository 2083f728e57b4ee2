-- Which numbers did officials give about troops?
select day, figure, counted, bound, hedge, speaker, publisher, sentence
from mart.figures
where source_type = 'official' and counted ilike '%troop%'
order by day desc, version_id, quantity;
