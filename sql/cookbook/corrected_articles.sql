-- Which articles were changed after publication, and which of their figures?
select
    captured_at,
    publisher,
    title,
    words_added,
    figures_added,
    figures_removed
from mart.versions
order by captured_at desc, version_id;
