-- What each publisher ran, each article once in its newest version.
-- kind: table
-- grain: publisher
-- publisher: The paper or site; null where unknown
-- articles: Articles
-- updated: Articles among them with more than one version
-- wire: Articles among them that came from a news agency
-- words: Words of their bodies
-- figures: Figures in them
-- quotes: Quotes in them
-- first_day: Day of the first
-- last_day: Day of the last
with figures as (
    select
        version_id,
        count(*) as figures
    from facts.quantities
    group by version_id
),
quotes as (
    select
        q.version_id,
        count(*) as quotes
    from facts.quotes q
    anti join core.silent_quotes k on k.version_id = q.version_id and k.quote = q."index"
    group by q.version_id
)
select
    a.publisher,
    count(*) as articles,
    count(*) filter (a.version > 1) as updated,
    count(*) filter (a.wire is not null) as wire,
    sum(a.words)::bigint as words,
    coalesce(sum(f.figures), 0)::bigint as figures,
    coalesce(sum(q.quotes), 0)::bigint as quotes,
    min(a.day) as first_day,
    max(a.day) as last_day
from core.articles a
left join figures f using (version_id)
left join quotes q using (version_id)
where a.is_latest
group by a.publisher
order by articles desc, a.publisher
