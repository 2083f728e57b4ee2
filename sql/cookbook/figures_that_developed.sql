-- How did a figure develop, here the one that was given most often: which step said what, and who gave it?
select
    step,
    relation,
    as_of_last as as_of,
    figure,
    topic,
    subject_name,
    speaker,
    publisher,
    evidence
from mart.figure_timeline
where series = (
    select series
    from mart.figure_timeline
    where relation in ('update', 'correction')
    group by series
    order by count(*) desc, series
    limit 1
)
order by step;
