-- How much of what each paper runs comes from the agencies, and how many figures does it print per article?
select
    publisher,
    articles,
    round(100.0 * wire / articles, 1) as wire_percent,
    round(figures / articles, 1) as figures_per_article,
    round(quotes / articles, 1) as quotes_per_article
from mart.publishers
order by articles desc, publisher;
