-- Who is quoted, and who gives figures; sources that are not named stand under the words that describe them.
-- kind: table
-- grain: speaker_id, speaker
-- speaker_id: The entity in mart.entities; null where nobody is named
-- speaker: Its canonical name; where nobody is named, the words that describe the source, in lower case
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
        q.version_id,
        e.entity_id,
        coalesce(q.speaker_name, lower(q.speaker)) as speaker,
        q.speaker_name is not null as named,
        1 as quotes,
        (q.kind = 'direct')::integer as direct,
        0 as figures
    from facts.quotes q
    left join core.article_entities e on e.version_id = q.version_id and e.mention_id = q.speaker_id
    anti join core.silent_quotes k on k.version_id = q.version_id and k.quote = q."index"
    union all
    select
        c.version_id,
        s.entity_id,
        coalesce(c.speaker_name, lower(c.speaker)),
        c.speaker_name is not null,
        0,
        0,
        1
    from facts.claims c
    left join core.claim_speakers s using (version_id, quantity)
)
select
    s.entity_id as speaker_id,
    coalesce(e.name, s.speaker) as speaker,
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
left join core.entities e using (entity_id)
where s.speaker is not null and not coalesce(e.is_hidden, false)
group by s.entity_id, coalesce(e.name, s.speaker)
order by quotes desc, figures desc, speaker, speaker_id
