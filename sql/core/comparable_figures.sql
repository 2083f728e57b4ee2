-- Figures that can be followed over days and articles: what is counted or described, and for a toll, of what and where.
--   What may be a part of something, a property or a rate is left out: no series is better than a wrong one.
-- kind: sliced
-- grain: version_id, index
-- reach: select version_id from core.article_entities
--   where entity_id in (
--     select value from meta.changed where model = 'core/entity_names'
--     union all
--     select entity_id from core.entity_names where code[1 : 2] in (
--       select code from ref.territories
--       where entity_id in (select value from meta.changed where model = 'core/entity_names')
--     )
--   )
-- version_id: The article version
-- index: Place among the article's quantities, from 0
-- topic: What is counted or described: lower case, singular, without articles; behind it what became of people or homes
-- is_toll: Whether it tells what became of people: it grows with the day of the report, whatever the day of the event
-- happening: The sort of event of a toll (blast, shooting, war, quake, storm, fire, crash, disease, unrest); null where no
--   word tells it, in the figure's sentence or else in the first two
-- scope: For a toll, the countries (or else places) in which it is said to have been counted, as ids; null where none is told
-- scope_names: The same as names
-- scope_in: sentence, or lead where its own sentence tells no place and the first two do
-- outlook: fact, outlook (expected, possible), plan or denied
-- span: Length of the as-of: day, week, month, quarter or year
-- is_explicit: Whether its as-of is told, and is not the day of publication
with states(word, state) as (
    select unnest(split(words, ' ')), state
    from (
        values
            ('killed kill kills killing dead die died dies death deaths toll fatalities bodies', 'killed'),
            ('injured injuring wounded wounding hurt injuries', 'injured'),
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
leads as (
    select version_id, string_agg(text, ' ' order by "index") as words
    from facts.sentences
    where "index" < 2
    group by version_id
),
figures as (
    select
        q.*,
        s.text as said,
        s.start as said_from,
        s.text[1 : q.start - s.start] as before,
        s.text[q."end" - s.start + 1 :] as after,
        -- "killed 12 and injured more than 300"
        q.kind = 'cardinal' and q.counted is null and regexp_matches(
            lower(before),
            '\b(killed|killing|injured|injuring|wounded|wounding)( (at least|more than|over|about|some|nearly|almost|around|up to))* $'
        ) and regexp_matches(after, '^([.,;]| (and|people|others|in|at|on|near)\b)') as is_hit,
        -- What stands on either side of the noun: the one counted with its figure, or else the one described.
        s.text[1 : if(q.counted_end is null, if(is_hit, q.start, coalesce(q.about_start, q.start)), least(q.start, q.counted_start)) - s.start] as ahead,
        s.text[if(q.counted_end is null, if(is_hit, q."end", coalesce(q.about_end, q."end")), greatest(q."end", q.counted_end)) - s.start + 1 :] as behind,
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
        end as span,
        coalesce(c.as_of_first <> a.day or c.as_of_last <> a.day, false) as is_explicit
    from facts.quantities q
    join core.articles a using (version_id)
    join facts.claims c on c.version_id = q.version_id and c.quantity = q."index"
    join facts.sentences s on s.version_id = q.version_id and s."index" = q.sentence
    where q.kind in ('cardinal', 'money', 'percent', 'measure', 'duration', 'fraction')
        and coalesce(q.low, q.high, q.value) is not null
        and (coalesce(q.counted, q.about) is not null or is_hit)
        -- A fact of days to come is a mistake.
        and (outlook <> 'fact' or coalesce(c.as_of_first <= a.day, true))
        -- What a change starts from has unknown days where none are told.
        and (c.as_of_first is not null or a.published_at is null)
        -- "Thousands" and "several" are no figure that another could update.
        and not regexp_matches(lower(q.text), '^(a )?(few|several|many|couple|scores|dozens|tens|hundreds|thousands?|millions|billions)\b')
        -- A three-judge panel and a boy's age are properties, not counts that develop.
        and not after.starts_with('-')
        and not coalesce(q.unit like '% of age', false)
        -- What a sentence tells of the whole world is not about the countries that it names too.
        and not regexp_matches(lower(s.text), '\b(global|globally|worldwide)\b')
        -- Rows of tables and results are no sentences.
        and not (len(regexp_extract_all(s.text, '\d+')) > 2 and not regexp_matches(s.text, '[.!?]["”’'')\s]*$'))
        -- "15% below" and "three more than" compare, and are no level; averages and rates are no totals.
        and not regexp_matches(after, '^ (\w+ )?(higher|lower|more|fewer|less|above|below|over|under|larger|smaller|ahead|behind)\b')
        and not regexp_matches(lower(before), '\b(average|averaged|averaging|median|mean|daily|weekly|monthly)\b[^.;]{0,30}$')
        and not regexp_matches(lower(after), '^( [\w-]+){0,4} (each|every|per|a) (day|week|month|hour)\b')
        -- Parts of a whole: "12 of them", "another 12", "a further 12", "12 more".
        and not regexp_matches(after, '^( \w+)? (of (the|them|whom|which|those|these|its|his|her|their)|each|apiece)\b')
        and not regexp_matches(lower(before), '\b(of (them|whom|those|which),?|another|additional|(a )?further|extra|one of( \w+)?|among( the)?|more) $')
),
-- The same noun, whatever its case, number and determiner. A count is of the counted noun alone; a sum or a share means
-- nothing without what it describes as well.
phrased as (
    select
        *,
        if(is_hit, ['person'], list_filter(
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
        )) as nouns
    from figures
),
-- What became of those counted, by the nearest word for it: nine people killed are not nine people missing. A comma or a
-- conjunction between sets the word further off than any distance.
placed as (
    select
        p.*,
        regexp_extract_all(lower(behind[:60]), '\p{L}+|\P{L}+') as pieces_behind,
        regexp_extract_all(lower(ahead[-60:]), '\p{L}+|\P{L}+') as pieces_ahead,
        list_position(list_transform(pieces_behind, lambda w: list_contains(known, w)), true) as at_behind,
        len(pieces_ahead) + 1
            - list_position(list_reverse(list_transform(pieces_ahead, lambda w: list_contains(known, w))), true) as at_ahead,
        pieces_behind[at_behind] as word_after,
        pieces_ahead[at_ahead] as word_before,
        array_to_string(pieces_behind[1 : at_behind - 1], '') as between_after,
        array_to_string(pieces_ahead[at_ahead + 1 :], '') as between_before,
        length(between_after) + 60 * len(regexp_extract_all(between_after, '[,;]|\b(and|but|while)\b')) as gap_after,
        length(between_before) + 60 * len(regexp_extract_all(between_before, '[,;]|\b(and|but|while)\b')) as gap_before
    from phrased p
    left join (select list(word) as known from states) on p.kind = 'cardinal'
),
described as (
    select
        p.*,
        coalesce(o.state, if(gap_before < gap_after, b.state, a.state), a.state, b.state) as state,
        o.state is not null or p.nouns[-1] in ('person', 'victim') or (p.nouns[-1] = 'other' and coalesce(o.state, a.state, b.state) = 'injured') as of_people
    from placed p
    left join states o on p.kind = 'cardinal' and o.word in (p.nouns[-1], p.nouns[-1] || 's')
    left join states a on a.word = p.word_after
    left join states b on b.word = p.word_before
),
-- "1,200 people" without more is nothing that two papers would mean alike, nor is a number of a name alone.
keyed as (
    select
        *,
        if(of_people, 'person ' || state, array_to_string(nouns, ' ') || coalesce(' ' || state, '')) as topic,
        state is not null and kind = 'cardinal' and state in ('killed', 'injured', 'missing', 'displaced', 'rescued', 'hospitalised') as is_toll,
        replace(coalesce(if(kind = 'cardinal', counted, null), about, counted), '.', '') as named_by
    from described
    where len(nouns) > 0
        and (not of_people or state is not null)
        and nouns[-1] not in ('other', 'more')
        and not (of_people and regexp_matches(lower(before), '\bincluding( at least| about| some)? $'))
        -- "Turnout was 40%" may be followed, "Brock has 40%" may be of anything.
        and (
            state is not null
            or regexp_matches(named_by, '(^|[ -])[a-zà-ÿ][\w’''-]*$')
            or (
                about_start = said_from
                and not exists (
                    select 1 from facts.mentions m
                    where m.version_id = described.version_id and m.start < described.about_end and described.about_start < m."end"
                )
            )
        )
        -- A few things that are taken as known are no count: "the two leaders", "his four brothers".
        and (
            state is not null or kind <> 'cardinal' or coalesce(value >= 10, true)
            or not regexp_matches(lower(before), '(\b(the|these|those|both|all|his|her|its|their|our|my)|[’'']s?)( \w+)? $')
        )
        and topic not in (
            'bond', 'case', 'country', 'day', 'decrease', 'example', 'figure', 'gain', 'group', 'image', 'increase', 'member',
            'minute', 'number', 'occasion', 'one', 'page', 'part', 'percentage point', 'photo', 'point', 'price', 'quarter',
            'rate', 'reason', 'share', 'state', 'step', 'stock', 'thing', 'time', 'total', 'way', 'year', 'game', 'goal',
            'match', 'over', 'run', 'set', 'wicket', 'win', 'side', 'leader', 'company', 'woman', 'man', 'child'
        )
    qualify row_number() over (partition by version_id, "index" order by state nulls last) = 1
),
-- "12 in Almer and 3 in Ostreva": each figure has the place behind it.
spread as (
    select
        k.version_id,
        k."index",
        k."end" as region_from,
        min(o.start) filter (o.start > k.start) as region_to
    from keyed k
    join facts.quantities o using (version_id, sentence)
    where k.is_toll
        and o."index" <> k."index"
        and regexp_matches(k.after, '^( [a-z]+){0,3} (in|at|near) (the )?\p{Lu}')
        and regexp_matches(k.said[o."end" - k.said_from + 1 :], '^( [a-z]+){0,3} (in|at|near) (the )?\p{Lu}')
    group by k.version_id, k."index", k."end"
),
countries as (
    select code, min(name) as name
    from core.entity_names
    where length(code) = 2 and entity_id like 'Q%'
    group by code
),
places as (
    select
        m.version_id,
        m.sentence,
        m.start,
        coalesce(e.code[1 : 2], e.entity_id) as place,
        coalesce(c.name, e.name) as called,
        s.text[1 : m.start - s.start] as before
    from facts.mentions m
    join core.article_entities l on l.version_id = m.version_id and l.mention_id = m.entity_id
    join core.entity_names e on e.entity_id = l.entity_id
    join facts.sentences s on s.version_id = m.version_id and s."index" = m.sentence
    left join countries c on c.code = e.code[1 : 2]
    where m.type in ('GPE', 'LOC')
        -- "outside the U.S. embassy"
        and not (
            regexp_matches(m.text, '^(\p{Lu}\.?){2,4}$')
            and regexp_matches(s.text[m."end" - s.start + 1 :], '^ \p{Ll}')
            and not regexp_matches(before, '[Ii]n the $')
        )
        -- where something is, not whose it is: "in northern Almer", "in Almer and Ostreva", not "U.S. embassies"
        and regexp_matches(
            before,
            '\b([Ii]n|[Aa]t|[Nn]ear|[Oo]utside|[Aa]round|[Aa]cross|[Tt]hroughout|[Oo]ff|[Ii]nside)'
            || '( (the|central|\w*(north|south|east|west)\w*|city|town|village|province|capital|state|district|region|of))* $'
            || '|\p{Lu}[\p{L}.-]+(,| and|, and) $'
        )
),
-- A sentence that tells no place goes on about those of the article's first two.
located as (
    select k.version_id, k."index", p.place, p.called, p.sentence <> k.sentence as in_lead
    from keyed k
    join places p on p.version_id = k.version_id and (p.sentence = k.sentence or p.sentence < 2)
    left join spread x on x.version_id = k.version_id and x."index" = k."index"
    where k.is_toll
        and (x.region_from is null or p.sentence = k.sentence and p.start between x.region_from and coalesce(x.region_to, p.start))
    window of_figure as (partition by k.version_id, k."index")
    qualify not in_lead or bool_and(in_lead) over of_figure
),
scoped as (
    select
        version_id,
        "index",
        if(bool_or(in_lead), 'lead', 'sentence') as scope_in,
        array_to_string(list_sort(list_distinct(list(place))), ',') as scope,
        array_to_string(list_sort(list_distinct(list(called))), ', ') as scope_names
    from located
    group by version_id, "index"
),
-- The first of these sorts that a sentence tells of.
told as (
    select k.*, s.scope, s.scope_names, s.scope_in, unnest([k.said, leads.words]) as words, unnest([true, false]) as is_own
    from keyed k
    left join leads using (version_id)
    left join scoped s on s.version_id = k.version_id and s."index" = k."index"
)
select
    version_id,
    "index",
    topic,
    is_toll,
    if(is_toll, case
        when regexp_matches(lower(words), '\b(earthquakes?|quake|tremor|aftershock|tsunami)\b') then 'quake'
        when regexp_matches(lower(words), '\b(storm|hurricane|typhoon|cyclone|tornado(es)?|floods?|flooding|landslides?|mudslide|rains)\b') then 'storm'
        when regexp_matches(lower(words), '\b(crash(ed)?|collision|collided|derailed|derailment|accident|sank|capsized|sinking)\b') then 'crash'
        when regexp_matches(lower(words), '\b(virus|coronavirus|covid|epidemic|outbreak|pandemic|disease|cholera|ebola|plague|flu|measles)\b') then 'disease'
        when regexp_matches(lower(words), '\b(shootings?|gunm[ae]n|shot|massacre)\b') then 'shooting'
        when regexp_matches(lower(words), '\b(bomb(s|ed|ings?)?|blasts?|explosions?|exploded|attack(s|ed)?)\b') then 'blast'
        when regexp_matches(lower(words), '\b(strikes?|airstrikes?|raids?|shelling|offensive|fighting|war|clashes|battle|invasion|firing)\b') then 'war'
        when regexp_matches(lower(words), '\b((wild)?fires?|blaze)\b') then 'fire'
        when regexp_matches(lower(words), '\b(riots?|protests?|unrest|stampede|crush)\b') then 'unrest'
    end, null) as happening,
    scope,
    scope_names,
    scope_in,
    outlook,
    span,
    is_explicit
from told
qualify row_number() over (partition by version_id, "index" order by happening is null, is_own desc) = 1
