-- Each quote of the newest version of each article, with who said it and where it was printed.
-- kind: view
-- grain: version_id, quote
-- version_id: The article version that the quote stands in
-- article_id: The same for all versions of one article
-- quote: Place among the article's quotes, from 0
-- day: Day of publication; where that is unknown, the day of capture
-- published_at: ISO 8601 with offset where known; date only where only the day is known
-- publisher: The paper or site that ran it
-- wire: News agency that it came from
-- title: Headline of the article
-- text: What was said, as printed
-- kind: direct, mixed or indirect: how much of it is between quotation marks
-- speaker: Canonical name of who said it; where nobody is named, or it is hidden, the words that describe the source
-- speaker_id: The speaker in mart.entities, where somebody is named
-- cue: The word that reports: said, according to ...
-- sentence: Index of the sentence that it begins in
-- start: First character of the quote in the article's text
-- end: Character after its last
select
    q.version_id,
    a.article_id,
    q."index" as quote,
    a.day,
    a.published_at,
    a.publisher,
    a.wire,
    a.title,
    q.text,
    q.kind,
    if(e.is_hidden, q.speaker, coalesce(e.name, q.speaker_name, q.speaker)) as speaker,
    if(e.is_hidden, null, e.entity_id) as speaker_id,
    q.cue,
    q.sentence,
    q.start,
    q."end"
from facts.quotes q
join core.articles a on a.version_id = q.version_id and a.is_latest
left join core.article_entities n on n.version_id = q.version_id and n.mention_id = q.speaker_id
left join core.entities e on e.entity_id = n.entity_id
