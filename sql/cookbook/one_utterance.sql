-- Which utterances did independent articles print, and where do they differ in words or speaker?
select
    utterance,
    day,
    publisher,
    speaker,
    text,
    left_out,
    added
from mart.quote_lineage
where independent > 1
order by independent desc, utterance_id, day, version_id, quote
limit 20;
