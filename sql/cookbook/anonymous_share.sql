-- Which publishers rest their figures on anonymous sources most, among those with ten figures from others or more?
select
    publisher,
    sum(given)::bigint as figures_given,
    sum(anonymous)::bigint as anonymous_figures,
    round(sum(anonymous) / sum(given), 3) as share,
    sum(quotes)::bigint as all_quotes,
    sum(quotes_unnamed)::bigint as unnamed_quotes
from mart.sources
group by publisher
having sum(given) >= 10
order by share desc, figures_given desc, publisher;
