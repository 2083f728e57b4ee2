-- Each quote of the newest version of each article, with who said it, where and when, and where it was printed. That
--   somebody would not speak is no quote: see mart.silences.
-- kind: sliced
-- grain: version_id, quote
-- reach: select version_id from core.article_entities
--   where entity_id in (select value from meta.changed where model = 'core/entity_names')
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
-- source_type: official, named, anonymous, document, media or author, as of figures; null where the source is unknown
-- source_kind: Whether it is named: named_person, named_body, unnamed_official, unnamed_body, anonymous, document, media or
--   author
-- role: What the article calls the speaker, beside the name or instead of one
-- venue_kind: What it was said in, at or on: statement, social_media, interview, news_conference, testimony, speech, debate,
--   meeting, call, letter, document, broadcast; media where it was told to a paper or reporters
-- venue: The words that say so
-- said_first: First day on which it was said, where that stands beside the cue
-- said_last: Last day on which it was said
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
    q.source_type,
    q.source_kind,
    q.role,
    q.venue_kind,
    q.venue,
    q.said_first,
    q.said_last,
    q.cue,
    q.sentence,
    q.start,
    q."end"
from facts.quotes q
join core.articles a on a.version_id = q.version_id and a.is_latest
left join core.article_entities n on n.version_id = q.version_id and n.mention_id = q.speaker_id
left join core.entity_names e on e.entity_id = n.entity_id
anti join core.silent_quotes k on k.version_id = q.version_id and k.quote = q."index"
order by a.day, q.version_id, q."index"
