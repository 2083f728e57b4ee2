-- How one figure developed: each claim of a series in the order of the days that it is given for, and what it is to the
--   one before. A series is one thing counted or described, in one dimension or unit, of one subject, told by one article or by
--   several that share another name as well.
-- kind: table
-- grain: series, step
-- series: The same for all steps of one series: a hash of topic, kind, unit, change, outlook, length of the as-of, subject and
--   what holds it together (the other name, or else the article)
-- step: Place in the series, from 1
-- relation: first, update (another figure, later as-of), repeat (the same figure), conflict (same as-of, another source,
--   intervals that do not overlap), correction (same as-of, newer version of the same article) or other (same as-of, another
--   figure that the source itself gives, or that does not exclude the first: more than 100, 224)
-- topic: What is counted or described: lower case, singular, without articles; behind it what became of people or homes
-- subject_id: `entity_id` of what the series is about: an event, a place, or else a body or person
-- subject_name: Its name
-- subject_in: sentence, or lead where the figure's own sentence does not name it and the article's first two do
-- outlook: fact, outlook (expected, possible), plan or denied; each is a series of its own
-- as_of_first: First day for which the figure is given; the article's day where none is told
-- as_of_last: Last day for which the figure is given; the article's day where none is told
-- day: Day of publication; where that is unknown, the day of capture
-- figure: The figure as printed
-- value: The number in full
-- low: Lower end of the interval meant; null if open
-- high: Upper end of the interval meant; null if open
-- approx: Said to be about, around, roughly, nearly so much
-- bound: at_least, more_than, at_most or less_than; null where it is none
-- change: up or down, where the figure is the size of a rise or a fall
-- kind: cardinal, money, percent, measure, duration or fraction
-- unit: Canonical singular English name; null for a bare count
-- currency: ISO 4217, money only
-- hedge: asserted, reported, estimated, expected, planned, possible or denied
-- negated: Whether the assertion is negated
-- speaker: Canonical name of who gave the figure; where nobody is named, the words that describe the source
-- source_type: official, named, anonymous, document, media or author
-- publisher: The paper or site that ran it
-- copies: Articles that print this step: copies of one story, counted once
-- article_id: The same for all versions of one article
-- version_id: The article version that the figure stands in
-- quantity: Place among the article's quantities, from 0
-- previous_version: `version_id` of the step that the relation is to; null for the first
-- previous_quantity: `quantity` of that step
-- from_low: Lower end of the interval in the unit compared (SI where there is one), widened for rounding; null if open
-- to_high: Upper end of the same
-- evidence: The sentence, the figure between « and »
with states(word, state) as (
    select unnest(split(words, ' ')), state
    from (
        values
            ('killed kill kills dead die died dies death deaths toll fatalities bodies', 'killed'),
            ('injured wounded hurt injuries', 'injured'),
            ('missing unaccounted', 'missing'),
            ('evacuated displaced homeless fled', 'displaced'),
            ('arrested detained arrests', 'arrested'),
            ('infected infections', 'infected'),
            ('hospitalised hospitalized', 'hospitalised'),
            ('rescued', 'rescued'),
            ('employ employs employed', 'employed'),
            ('unemployed jobless', 'unemployed'),
            ('destroyed damaged', 'destroyed')
    ) t(words, state)
),
figures as (
    select
        q.*,
        a.article_id,
        a.version,
        a.is_latest,
        a.day,
        coalesce(a.published_utc at time zone 'UTC', a.day::timestamp) as published,
        a.publisher,
        c.hedge,
        c.negated,
        c.source_type,
        coalesce(c.speaker_name, c.speaker) as said_by,
        c.speaker_name,
        c.speaker,
        coalesce(c.as_of_first, c.as_of_last, a.day) as as_of_first,
        coalesce(c.as_of_last, c.as_of_first, a.day) as as_of_last,
        s.text[1 : q.start - s.start] as before,
        s.text[q."end" - s.start + 1 :] as after,
        -- What stands on either side of the noun: the one counted with its figure, or else the one described.
        s.text[1 : if(q.counted_end is null, coalesce(q.about_start, q.start), least(q.start, q.counted_start)) - s.start] as ahead,
        s.text[if(q.counted_end is null, coalesce(q.about_end, q."end"), greatest(q."end", q.counted_end)) - s.start + 1 :] as behind,
        case
            when c.negated or c.hedge = 'denied' then 'denied'
            when c.hedge = 'planned' then 'plan'
            when c.hedge in ('expected', 'possible') then 'outlook'
            else 'fact'
        end as outlook,
        -- What is given for a year is no update of what is given for a quarter, or for one day.
        case
            when c.as_of_last - c.as_of_first > 92 then 'year'
            when c.as_of_last - c.as_of_first > 31 then 'quarter'
            when c.as_of_last - c.as_of_first > 10 then 'month'
            when c.as_of_last - c.as_of_first > 1 then 'week'
            else 'day'
        end as span
    from facts.quantities q
    join core.articles a using (version_id)
    join facts.claims c on c.version_id = q.version_id and c.quantity = q."index"
    join facts.sentences s on s.version_id = q.version_id and s."index" = q.sentence
    where q.kind in ('cardinal', 'money', 'percent', 'measure', 'duration', 'fraction')
        and coalesce(q.low, q.high, q.value) is not null
        and coalesce(q.counted, q.about) is not null
        -- "Thousands" and "several" are no figure that another could update.
        and not regexp_matches(lower(q.text), '^(a )?(few|several|many|couple|scores|dozens|tens|hundreds|thousands?|millions|billions)\b')
        -- A three-judge panel and a boy's age are properties, not counts that develop.
        and not after.starts_with('-')
        and not coalesce(q.unit like '% of age', false)
        -- What a sentence tells of the whole world is not about the countries that it names too.
        and not regexp_matches(lower(s.text), '\b(global|globally|worldwide)\b')
        -- "15% below" and "three more than" compare, and are no level.
        and not regexp_matches(after, '^ (\w+ )?(higher|lower|more|fewer|less|above|below|over|under|larger|smaller|ahead|behind)\b')
),
-- The same noun, whatever its case, number and determiner. A count is of the counted noun alone; a sum or a share means
-- nothing without what it describes as well.
phrased as (
    select
        *,
        list_filter(
            regexp_extract_all(
                regexp_replace(
                    lower(if(kind = 'cardinal', coalesce(counted, about), concat_ws(' ', counted, about))),
                    '\b(total|number|count|amount) of\b', '', 'g'
                ),
                '[\p{L}\p{N}$.''’-]*[\p{L}\p{N}]'
            ),
            lambda w: w not in ('the', 'a', 'an', 'this', 'that', 'these', 'those', 'his', 'her', 'its', 'their', 'of')
        ).list_transform(
            lambda w: regexp_replace(w, '[''’]s?$', '')
        ).list_transform(
            lambda w: case
                when w in ('people', 'persons') then 'person'
                when w in ('men', 'women') then replace(w, 'men', 'man')
                when w = 'children' then 'child'
                when w.ends_with('ies') and length(w) > 4 then w[:-4] || 'y'
                when regexp_matches(w, '(ss|x|z|ch|sh)es$') then w[:-3]
                when regexp_matches(w, '[^sui]s$') and length(w) > 3 then w[:-2]
                else w
            end
        ) as nouns
    from figures
),
-- What became of those counted, by the nearest word for it: nine people killed are not nine people missing. A comma or a
-- conjunction between sets the word further off than any distance.
placed as (
    select
        p.*,
        regexp_extract(lower(behind[:60]), w.following, 2) as word_after,
        regexp_extract(lower(ahead[-60:]), w.preceding, 1) as word_before,
        regexp_extract(lower(behind[:60]), w.following, 1) as between_after,
        regexp_extract(lower(ahead[-60:]), w.preceding, 2) as between_before,
        length(between_after) + 60 * len(regexp_extract_all(between_after, '[,;]|\b(and|but|while)\b')) as gap_after,
        length(between_before) + 60 * len(regexp_extract_all(between_before, '[,;]|\b(and|but|while)\b')) as gap_before
    from phrased p
    left join (
        select
            '(?s)^(.*?)\b(' || string_agg(word, '|') || ')\b' as following,
            '(?s)^.*\b(' || string_agg(word, '|') || ')\b(.*)$' as preceding
        from states
    ) w on p.kind = 'cardinal'
),
described as (
    select
        p.*,
        coalesce(o.state, if(gap_before < gap_after, b.state, a.state), a.state, b.state) as state,
        o.state is not null or p.nouns[-1] in ('person', 'man', 'woman', 'child', 'other', 'victim') as of_people
    from placed p
    left join states o on p.kind = 'cardinal' and o.word in (p.nouns[-1], p.nouns[-1] || 's')
    left join states a on a.word = p.word_after
    left join states b on b.word = p.word_before
),
-- "1,200 people" without more is nothing that two papers would mean alike.
keyed as (
    select
        * exclude (word_after, word_before, between_after, between_before, gap_after, gap_before),
        if(of_people, 'person ' || state, array_to_string(nouns, ' ') || coalesce(' ' || state, '')) as what
    from described
    where len(nouns) > 0
        and (not of_people or state is not null)
        and what not in (
            'bond', 'case', 'country', 'day', 'decrease', 'example', 'figure', 'gain', 'group', 'image', 'increase', 'member',
            'minute', 'number', 'occasion', 'one', 'page', 'part', 'percentage point', 'photo', 'point', 'price', 'quarter',
            'rate', 'reason', 'share', 'state', 'step', 'stock', 'thing', 'time', 'total', 'way', 'year'
        )
    qualify row_number() over (partition by version_id, "index" order by state nulls last) = 1
),
-- Who or what a sentence is about. The town of a dateline is where the reporter was, and an agency only passes it on.
named as (
    select
        m.version_id,
        m.sentence,
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
own as (
    select k.version_id, k."index", n.entity_id, n.is_place, n.is_event, n.called, 'sentence' as subject_in
    from keyed k
    join named n using (version_id, sentence)
    where n.called is distinct from k.speaker_name and not coalesce(contains(k.speaker, n.mention), false)
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
candidates as (
    select
        k.version_id,
        k."index",
        k.article_id,
        s.entity_id as subject_id,
        s.called,
        s.subject_in,
        s.is_event,
        s.is_place,
        concat_ws('|', k.what, coalesce(k.si_unit, k.currency, k.unit, ''), if(k.si_unit is null, k.kind, ''), coalesce(k.change, ''), k.outlook, k.span) as of_what
    from keyed k
    join subjects s on s.version_id = k.version_id and s."index" = k."index"
    -- A bare number of a place is a side's score.
    where not (k.kind = 'cardinal' and k.counted is null and s.is_place and lower(s.called) = lower(k.about))
    qualify s.is_place or s.is_event or not bool_or(s.is_place or s.is_event) over (partition by k.version_id, k."index")
),
-- "Judges" and "United States" are many stories. What two articles tell is one thing only where they share another name
-- as well, in the sentence or in the first two; the name and not its entity, for a storm may pass as a person in one.
shared as (
    select * from candidates
    window of_subject as (partition by of_what, subject_id)
    qualify min(article_id) over of_subject <> max(article_id) over of_subject
),
companions as (
    select distinct s.*, lower(n.called) as companion
    from shared s
    join keyed k using (version_id, "index")
    join named n on n.version_id = k.version_id and (n.sentence < 2 or n.sentence = k.sentence)
    where n.entity_id <> s.subject_id and lower(n.called) <> lower(s.called)
),
keys as (
    select *, null as companion from candidates
    union all
    select * from companions
),
-- Of several subjects and companions, those under which most articles give this figure; alone a subject holds one
-- article together. Then an event, then a place.
chosen as (
    select
        k.*,
        c.subject_id,
        c.called,
        c.subject_in,
        md5(concat_ws('|', c.of_what, c.subject_id, coalesce(c.companion, c.article_id))) as series
    from (
        select *, count(distinct article_id) over (partition by of_what, subject_id, coalesce(companion, article_id)) as articles
        from keys
    ) c
    join keyed k using (version_id, "index")
    qualify row_number() over (
        partition by version_id, "index"
        order by c.articles desc, c.companion is not null, c.is_event desc, c.is_place desc, c.subject_id, c.companion
    ) = 1
),
-- What is printed is rounded to its last digit (a count only from a thousand on), but for more than a fiftieth nobody
-- rounds; `about` is within a tenth.
measured as (
    select
        c.*,
        coalesce(p.copy_group, c.article_id) as story,
        coalesce(p.is_origin, true) as is_origin,
        replace(regexp_extract(c.text, '\d[\d,]*(\.\d+)?'), ',', '') as digits,
        case
            when approx then 0.1
            when digits = '' or kind = 'fraction' or value is null or (kind = 'cardinal' and value < 1000) or digits::double = 0 then 0
            when contains(digits, '.') then least(0.02, 0.5 * 10.0 ** -length(split_part(digits, '.', 2)) / digits::double)
            else least(0.02, 0.5 * 10.0 ** (length(digits) - length(rtrim(digits, '0'))) / digits::double)
        end as slack,
        coalesce(si_low, low) as least_meant,
        coalesce(si_high, high) as most_meant,
        least_meant - slack * abs(least_meant) as from_low,
        most_meant + slack * abs(most_meant) as to_high,
        coalesce(from_low, most_meant - slack * abs(most_meant)) as print_low,
        coalesce(to_high, least_meant + slack * abs(least_meant)) as print_high,
        if(source_type = 'author', null, said_by) as source
    from chosen c
    left join core.copies p using (article_id)
),
-- Two figures that one article gives of one key for the same days are parts of something, or different things, and the
-- first is kept; another stays beside it only where it stands near, and each has a source of its own.
told as (
    select *
    from measured
    window days as (partition by series, version_id, as_of_first, as_of_last order by start)
    qualify row_number() over days = 1
        or (
            source <> first_value(source) over days
            and source_type <> 'document'
            and first_value(source_type) over days <> 'document'
            and sentence - first_value(sentence) over days <= 3
            and row_number() over (partition by series, version_id, as_of_first, as_of_last, source order by start) = 1
        )
),
-- A copy that says no day gives the figure for its own.
printed as (
    select *, count(distinct article_id) over same as copies
    from (select *, if(as_of_first = day and as_of_last = day, null, (as_of_first, as_of_last)) as days from told)
    window same as (partition by series, story, days, source, from_low, to_high)
    qualify row_number() over (
        partition by series, story, days, source, from_low, to_high
        order by is_latest desc, is_origin desc, published, version desc, version_id
    ) = 1
),
-- What an edit took out without another figure in its place is gone.
standing as (
    select p.*
    from printed p
    where p.is_latest or exists (
        from printed n where n.series = p.series and n.article_id = p.article_id and n.version > p.version
    )
),
-- Two years in which nobody prints it end a series: the next that shares its names tells another story.
resumed as (
    select *, day - lag(day) over (partition by series order by day) > 731 as is_anew
    from standing
),
episodes as (
    select *, max(if(is_anew, day, null)) over (partition by series order by day) as anew
    from resumed
),
numbered as (
    select
        * replace (if(anew is null, series, md5(concat(series, anew))) as series),
        row_number() over (
            partition by series, anew
            order by as_of_last, as_of_first desc, published, article_id, version, start, version_id
        ) as step
    from episodes
),
-- Of the steps before that are given for the same days: one that a newer version corrects, else one that says the same,
-- else one that contradicts, else any; the nearest of each.
beside as (
    select
        n.series,
        n.step,
        max(e.step) filter (e.article_id = n.article_id and e.version < n.version) as edited,
        max(e.step) filter (e.print_low <= n.print_high and n.print_low <= e.print_high) as alike,
        max(e.step) filter (
            (e.to_high < n.from_low or n.to_high < e.from_low)
            and (e.source <> n.source or (e.source is null or n.source is null) and e.article_id <> n.article_id)
        ) as apart,
        max(e.step) as nearest
    from numbered n
    join numbered e
        on e.series = n.series and e.as_of_first = n.as_of_first and e.as_of_last = n.as_of_last and e.step < n.step
    group by n.series, n.step
)
select
    n.series,
    n.step,
    case
        when p.step is null then 'first'
        when p.print_low <= n.print_high and n.print_low <= p.print_high then 'repeat'
        when b.step is null then 'update'
        when b.edited is not null then 'correction'
        when b.apart is not null then 'conflict'
        else 'other'
    end as relation,
    n.what as topic,
    n.subject_id,
    n.called as subject_name,
    n.subject_in,
    n.outlook,
    n.as_of_first,
    n.as_of_last,
    n.day,
    n.text as figure,
    n.value,
    n.low,
    n.high,
    n.approx,
    n.bound,
    n.change,
    n.kind,
    n.unit,
    n.currency,
    n.hedge,
    n.negated,
    n.said_by as speaker,
    n.source_type,
    n.publisher,
    n.copies,
    n.article_id,
    n.version_id,
    n."index" as quantity,
    p.version_id as previous_version,
    p."index" as previous_quantity,
    n.from_low,
    n.to_high,
    n.before || '«' || n.text || '»' || n.after as evidence
from numbered n
left join beside b on b.series = n.series and b.step = n.step
left join numbered p on p.series = n.series and p.step = coalesce(b.edited, b.alike, b.apart, b.nearest, n.step - 1)
order by n.series, n.step
