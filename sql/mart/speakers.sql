-- Who is quoted, and who gives figures; sources that are not named stand under the words that describe them.
-- kind: table
-- grain: speaker
-- speaker: Canonical name; where nobody is named, the words that describe the source, in lower case
-- named: Whether the source is named
-- quotes: Quotes
-- direct: Quotes among them that are wholly between quotation marks
-- figures: Figures that they assert
-- articles: Articles with such quotes or figures
-- publishers: Publishers of these articles
-- first_day: Day of the first of these articles
-- last_day: Day of the last
with said as (
    select
        version_id,
        coalesce(speaker_name, lower(speaker)) as speaker,
        speaker_name is not null as named,
        1 as quotes,
        (kind = 'direct')::integer as direct,
        0 as figures
    from facts.quotes
    union all
    select
        version_id,
        coalesce(speaker_name, lower(speaker)),
        speaker_name is not null,
        0,
        0,
        1
    from facts.claims
)
select
    s.speaker,
    bool_or(s.named) as named,
    sum(s.quotes)::bigint as quotes,
    sum(s.direct)::bigint as direct,
    sum(s.figures)::bigint as figures,
    count(distinct a.article_id) as articles,
    count(distinct a.publisher) as publishers,
    min(a.day) as first_day,
    max(a.day) as last_day
from said s
join core.articles a on a.version_id = s.version_id and a.is_latest
where s.speaker is not null
group by s.speaker
order by quotes desc, figures desc, s.speaker
