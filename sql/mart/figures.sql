-- Each figure of the newest version of each article, with who gave it, how sure, as of when, and its proof.
-- kind: sliced
-- grain: version_id, quantity
-- reach: select version_id from core.article_entities
--   where entity_id in (select value from meta.changed where model = 'core/entity_names')
-- version_id: The article version that the figure stands in
-- article_id: The same for all versions of one article
-- quantity: Place among the article's quantities, from 0
-- day: Day of publication; where that is unknown, the day of capture
-- published_at: ISO 8601 with offset where known; date only where only the day is known
-- publisher: The paper or site that ran it
-- wire: News agency that it came from
-- title: Headline of the article
-- figure: The figure as printed
-- kind: cardinal, ordinal, money, percent, measure, duration, multiple, fraction or score
-- value: The number in full; null only where it is purely a range
-- low: Lower end of the interval meant; null if open
-- high: Upper end of the interval meant; null if open
-- approx: Said to be about, around, roughly, nearly so much
-- bound: at_least, more_than, at_most or less_than; null where it is none
-- change: up or down, where the figure is the size of a rise or a fall
-- unit: Canonical singular English name; null for a bare count
-- currency: ISO 4217, money only
-- dimension: What is measured: length, mass, time, speed ...; null where nothing is
-- si_value: The value in si_unit, whatever unit is printed; of a rise or fall of temperature, the difference
-- si_low: Lower end of the interval in si_unit
-- si_high: Upper end of the interval in si_unit
-- si_unit: UCUM code of the dimension's SI unit: m, kg, s, m/s ...
-- counted: What is counted or measured out
-- about: What the figure describes, where it is not the counted noun
-- speaker: Canonical name of who gave the figure; where nobody is named, or it is hidden, the words that describe the source
-- speaker_id: The speaker in mart.entities, where somebody is named
-- source_type: official, named, anonymous, document, media or author; null where nobody asserts the figure
-- hedge: asserted, reported, estimated, expected, planned, possible or denied
-- negated: Whether the assertion is negated
-- cue: The word that reports: said, according to ...
-- subject: Subject of the clause that it stands in: its canonical name, or else the words
-- verb: Verb of that clause with its auxiliaries
-- place: Canonical name of the place that its clause gives; null where none stands there
-- place_id: The place in mart.entities
-- as_of_first: First day for which the figure is given
-- as_of_last: Last day for which the figure is given
-- sentence: Index of the sentence that it stands in
-- evidence: That sentence, the figure between « and »
-- start: First character of the figure in the article's text
-- end: Character after its last
select
    q.version_id,
    a.article_id,
    q."index" as quantity,
    a.day,
    a.published_at,
    a.publisher,
    a.wire,
    a.title,
    q.text as figure,
    q.kind,
    q.value,
    q.low,
    q.high,
    q.approx,
    q.bound,
    q.change,
    q.unit,
    q.currency,
    q.dimension,
    q.si_value,
    q.si_low,
    q.si_high,
    q.si_unit,
    q.counted,
    q.about,
    if(e.is_hidden, c.speaker, coalesce(e.name, c.speaker_name, c.speaker)) as speaker,
    if(e.is_hidden, null, e.entity_id) as speaker_id,
    c.source_type,
    c.hedge,
    c.negated,
    c.cue,
    if(u.is_hidden, c.subject, coalesce(u.name, c.subject_name, c.subject)) as subject,
    c.verb,
    if(p.is_hidden, c.place, coalesce(p.name, c.place_name)) as place,
    if(p.is_hidden, null, p.entity_id) as place_id,
    c.as_of_first,
    c.as_of_last,
    q.sentence,
    s.text[1 : q.start - s.start] || '«' || q.text || '»' || s.text[q."end" - s.start + 1 :] as evidence,
    q.start,
    q."end"
from facts.quantities q
join core.articles a on a.version_id = q.version_id and a.is_latest
left join facts.claims c on c.version_id = q.version_id and c.quantity = q."index"
left join core.claim_speakers k on k.version_id = q.version_id and k.quantity = q."index"
left join core.entity_names e on e.entity_id = k.entity_id
left join core.article_entities un on un.version_id = q.version_id and un.mention_id = c.subject_id
left join core.entity_names u on u.entity_id = un.entity_id
left join core.article_entities pn on pn.version_id = q.version_id and pn.mention_id = c.place_id
left join core.entity_names p on p.entity_id = pn.entity_id
left join facts.sentences s on s.version_id = q.version_id and s."index" = q.sentence
order by a.day, q.version_id, q."index"
