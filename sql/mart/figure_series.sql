-- What figures are of: one row for each series of `mart.figure_timeline`.
-- kind: table
-- grain: series
-- series: As in `mart.figure_timeline`
-- topic: What is counted or described: lower case, singular, without articles
-- subject_id: What the series is about, an `entity_id`; of tolls of an event without a name, its sort and countries
-- subject_name: Its name, as the first step has it
-- called: Its names, as the steps have them
-- outlook: fact, outlook (expected, possible), plan or denied
-- steps: Steps of the series
-- moves: Steps among them that are an update, a conflict or a correction
-- conflicts: Steps among them that are a conflict
-- first_day: Day of publication of the first of them
-- last_day: Day of publication of the last
-- moved_on: Day of publication of the last that moved; null where none did
select
    series,
    min(topic) as topic,
    min(subject_id) as subject_id,
    arg_min(subject_name, step) as subject_name,
    list_sort(list(distinct subject_name)) as called,
    min(outlook) as outlook,
    count(*) as steps,
    count(*) filter (relation in ('update', 'conflict', 'correction')) as moves,
    count(*) filter (relation = 'conflict') as conflicts,
    min(day) as first_day,
    max(day) as last_day,
    max(day) filter (relation in ('update', 'conflict', 'correction')) as moved_on
from mart.figure_timeline
group by series
order by topic, subject_name, series
