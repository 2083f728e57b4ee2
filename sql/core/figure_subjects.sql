-- What a figure that can be followed may be about, and what may hold it together with figures of other articles.
--   "Judges" and "United States" are many stories. What two articles tell is one thing only where they share another name
--   as well, in the figure's sentence or in the first two; the name and not its entity, for a storm may pass as a person in
--   one. What a sentence does not say itself to be its subject is no such thing, but an event by its name.
-- kind: sliced
-- grain: version_id, index, subject_id
-- tracked: bonds
-- version_id: The article version
-- index: Place among the article's quantities, from 0
-- subject_id: What it may be about: an `entity_id`; of tolls of an event without a name, its sort and the countries
-- called: Its name
-- subject_in: sentence, or lead where the figure's own sentence does not name it and the article's first two do
-- is_event: Whether it is an event by name
-- is_place: Whether it is a place
-- of_what: What is counted or described, in which dimension or unit, whether it changed, is a fact, and for how long
-- within: What holds it together in one article: the article, and where nothing else does, the sentence
-- article: A number that stands for the article
-- companions: The other names, in lower case, that may hold it together with other articles
-- bonds: A number for each of them: the same in all articles that have this name beside this subject and thing
with keyed as (
    select
        q.version_id,
        q."index",
        q.sentence,
        q.kind,
        q.counted,
        q.about,
        q.about_start,
        q.about_end,
        f.is_toll,
        f.happening,
        f.scope,
        f.scope_names,
        f.scope_in,
        f.outlook,
        a.article_id,
        c.speaker_name,
        c.speaker,
        concat_ws(
            '|', f.topic, coalesce(q.si_unit, q.currency, q.unit, ''), if(q.si_unit is null, q.kind, ''),
            coalesce(q.change, ''), f.outlook, if(f.is_toll, coalesce(f.scope, ''), ''),
            if(f.is_toll and f.span not in ('quarter', 'year'), '', f.span)
        ) as of_what
    from core.comparable_figures f
    join facts.quantities q using (version_id, "index")
    join core.articles a using (version_id)
    join facts.claims c on c.version_id = q.version_id and c.quantity = q."index"
),
-- Who or what a sentence is about. The town of a dateline is where the reporter was, and an agency only passes it on.
named as (
    select
        m.version_id,
        m.sentence,
        m.start,
        m.name as called,
        m.text as mention,
        e.entity_id,
        m.type in ('GPE', 'LOC', 'FAC') or e.entity_id like 'place:%' as is_place,
        m.type = 'EVENT' as is_event
    from facts.mentions m
    join core.article_entities e on e.version_id = m.version_id and e.mention_id = m.entity_id
    join core.articles a on a.version_id = m.version_id
    where m.type in ('GPE', 'LOC', 'FAC', 'EVENT', 'ORG', 'PERSON', 'PRODUCT')
        and m.sentence is not null
        and not coalesce(m.start < 60 and contains(lower(split_part(a.dateline, ',', 1)), lower(m.text)), false)
        and m.name is distinct from a.wire
        and m.name is distinct from a.publisher
),
-- Of a figure that is said of a name ("Norlund delivered 64 aircraft"), that name alone; else every name of its sentence.
own as (
    select k.version_id, k."index", n.entity_id, n.is_place, n.is_event, n.called, 'sentence' as subject_in
    from keyed k
    join named n using (version_id, sentence)
    where n.called is distinct from k.speaker_name and not coalesce(contains(k.speaker, n.mention), false)
    window of_figure as (partition by k.version_id, k."index")
    qualify n.is_event
        or coalesce(n.start between k.about_start and k.about_end, false)
        or not bool_or(coalesce(n.start between k.about_start and k.about_end, false)) over of_figure
),
-- A sentence that names no place goes on about those of the article's first two; one that names nothing, about all that
-- those two name.
carried as (
    select k.version_id, k."index", n.entity_id, n.is_place, n.is_event, n.called, 'lead' as subject_in
    from keyed k
    join named n on n.version_id = k.version_id and n.sentence < 2
    left join (select version_id, "index", bool_or(is_place) as places from own group by all) o
        on o.version_id = k.version_id and o."index" = k."index"
    where n.called is distinct from k.speaker_name and (o.places is null or (n.is_place and not o.places))
),
subjects as (
    from (from own union all from carried)
    select distinct on (version_id, "index", entity_id) *
    order by subject_in desc, is_event desc, called
),
-- A toll is of an event by name, or else of one sort of event in the places told with it. Where neither is known, it may be
-- any event's.
about as (
    select k.version_id, k."index", s.entity_id as subject_id, s.called, s.subject_in, s.is_event, s.is_place
    from keyed k
    join subjects s using (version_id, "index")
    where if(k.is_toll, s.is_event, k.kind <> 'cardinal' or k.counted is not null or not s.is_place or lower(s.called) <> lower(k.about))
    union all
    select version_id, "index", concat_ws(':', happening, scope), scope_names, 'sentence', false, true
    from keyed
    where is_toll and happening is not null and scope_in = 'sentence'
),
candidates as (
    select
        k.version_id,
        k."index",
        b.subject_id,
        b.called,
        b.subject_in,
        b.is_event,
        b.is_place,
        k.of_what,
        k.sentence,
        -- In one article alone, figures are of one thing where a name of their own sentence or an event's says so and they
        -- are facts, else where they stand in one sentence.
        concat_ws(
            '|', k.article_id,
            if((b.subject_in = 'sentence' or b.is_event) and k.outlook in ('fact', 'denied'), null, k.sentence)
        ) as within,
        md5_number_lower(k.article_id) as article
    from keyed k
    join about b using (version_id, "index")
    window of_figure as (partition by k.version_id, k."index")
    qualify (b.is_place or b.is_event or not bool_or(b.is_place or b.is_event) over of_figure or b.subject_in = 'sentence')
        and (not k.is_toll or b.is_event or not bool_or(b.is_event) over of_figure)
),
companions as (
    select
        s.version_id,
        s."index",
        s.subject_id,
        list_sort(list_distinct(list(lower(n.called)))) as companions
    from candidates s
    join named n on n.version_id = s.version_id and (n.sentence < 2 or n.sentence = s.sentence)
    where (s.subject_in = 'sentence' or s.is_event)
        and n.entity_id <> s.subject_id
        and lower(n.called) <> lower(s.called)
    group by all
)
select
    c.* exclude (sentence),
    coalesce(o.companions, []) as companions,
    list_transform(companions, lambda n: md5_number_lower(concat_ws('|', c.of_what, c.subject_id, n))) as bonds
from candidates c
left join companions o using (version_id, "index", subject_id)
order by all
