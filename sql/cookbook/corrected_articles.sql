-- Which articles were changed after publication, and what in them?
select
    captured_at,
    publisher,
    title,
    words_added,
    figures_changed,
    figures_added,
    figures_removed,
    quotes_added,
    paragraphs_changed
from mart.revisions
order by captured_at desc, version_id
limit 20;
