-- Who would not speak, or was not heard, in the newest version of each article: declined to comment, did not respond, could
--   not be reached. On what, and who had asked, where that stands there.
-- kind: sliced
-- grain: version_id, silence
-- reach: select version_id from core.article_entities
--   where entity_id in (select value from meta.changed where model = 'core/entity_names')
-- version_id: The article version that it stands in
-- article_id: The same for all versions of one article
-- silence: Place among the article's silences, from 0
-- day: Day of publication; where that is unknown, the day of capture
-- published_at: ISO 8601 with offset where known; date only where only the day is known
-- publisher: The paper or site that ran it
-- wire: News agency that it came from
-- title: Headline of the article
-- text: The words of the silence
-- kind: declined_to_comment, refused_to_comment, did_not_comment, declined_to_say, refused_to_say, did_not_say,
--   did_not_respond or could_not_be_reached
-- speaker: Canonical name of who is silent; where nobody is named, or it is hidden, the words that describe the source
-- speaker_id: The silent in mart.entities, where somebody is named
-- source_type: official, named, anonymous, document, media or author, as of figures; null where the source is unknown
-- source_kind: Whether it is named, as of quotes
-- role: What the article calls the silent, beside the name or instead of one
-- topic: On what
-- asked_by: Who asked
-- said_first: First day of the silence, where that stands beside the cue
-- said_last: Last day of it
-- sentence: Index of the sentence that it begins in
-- evidence: That sentence
-- start: First character of the silence in the article's text
-- end: Character after its last
select
    i.version_id,
    a.article_id,
    i."index" as silence,
    a.day,
    a.published_at,
    a.publisher,
    a.wire,
    a.title,
    i.text,
    i.kind,
    if(e.is_hidden, i.speaker, coalesce(e.name, i.speaker_name, i.speaker)) as speaker,
    if(e.is_hidden, null, e.entity_id) as speaker_id,
    i.source_type,
    i.source_kind,
    i.role,
    i.topic,
    i.asked_by,
    i.said_first,
    i.said_last,
    i.sentence,
    s.text as evidence,
    i.start,
    i."end"
from facts.silences i
join core.articles a on a.version_id = i.version_id and a.is_latest
left join core.article_entities n on n.version_id = i.version_id and n.mention_id = i.speaker_id
left join core.entity_names e on e.entity_id = n.entity_id
left join facts.sentences s on s.version_id = i.version_id and s."index" = i.sentence
order by a.day, i.version_id, i."index"
