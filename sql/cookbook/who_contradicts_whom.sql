-- Which figures contradict each other, and who gave them? The widest apart first.
select
    as_of_last as as_of,
    topic,
    subject_name,
    figure,
    coalesce(speaker, publisher) as given_by,
    hedge,
    other_figure,
    coalesce(other_speaker, other_publisher) as other_given_by,
    other_hedge,
    evidence,
    other_evidence
from mart.figure_conflicts
order by gap desc nulls last, series, step, other_step
limit 20;
