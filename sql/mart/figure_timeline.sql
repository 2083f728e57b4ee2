-- How one figure developed: each claim of a series in the order of the days that it is given for (tolls in the order in
--   which they were told), and what it is to the one before. A series is one thing counted or described, in one dimension or
--   unit, of one subject, told by one article or by several that share another name as well.
-- kind: grouped
-- grain: series, step
-- by: key
-- of: core/figure_keys
-- series: The same for all steps of one series: `key`, or where events or years set parts of it apart, a hash of it
-- key: The same for all figures that go together by what they are of: see core.figure_keys
-- step: Place in the series, from 1
-- relation: first, update (another figure, later as-of; of a toll, told later), repeat (the same figure), conflict (same
--   days, told or both printed on one day; another source, and both firm: plainly asserted, not about so much nor a bound;
--   intervals that do not overlap), correction (same days, newer version of the same article) or other (another figure that
--   does not exclude the one before: 224, then more than 200; or of the same days, but not firm)
-- topic: What is counted or described: lower case, singular, without articles; behind it what became of people or homes
-- subject_id: What the series is about, an `entity_id`: an event, a place, or else a body or person; of tolls of an event
--   without a name, its sort and the countries in which they were counted
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
with chosen as (
    select
        q.version_id,
        q."index",
        k.key,
        k.key as series,
        k.story,
        k.is_origin,
        q.kind,
        q.text,
        q.value,
        q.low,
        q.high,
        q.si_low,
        q.si_high,
        q.approx,
        q.bound,
        q.sentence,
        q.start,
        f.is_toll,
        f.is_explicit,
        a.article_id,
        a.version,
        a.is_latest,
        a.day,
        coalesce(a.published_utc at time zone 'UTC', a.day::timestamp) as published,
        c.hedge,
        c.source_type,
        coalesce(c.speaker_name, c.speaker) as said_by,
        coalesce(c.as_of_first, c.as_of_last, a.day) as as_of_first,
        coalesce(c.as_of_last, c.as_of_first, a.day) as as_of_last,
        -- A toll grows with the day on which it is told, whether that day stands there or that of the event.
        if(f.is_toll, a.day, coalesce(c.as_of_first, c.as_of_last, a.day)) as first_day,
        if(f.is_toll, a.day, coalesce(c.as_of_last, c.as_of_first, a.day)) as last_day,
        if(f.is_toll and f.is_explicit and c.as_of_first = c.as_of_last and c.as_of_last < a.day, c.as_of_first, null) as event_day,
        -- of a month or year that is over
        f.is_toll and c.as_of_last > c.as_of_first and c.as_of_last < a.day as is_past
    from core.figure_keys k
    join core.comparable_figures f using (version_id, "index")
    join facts.quantities q using (version_id, "index")
    join core.articles a using (version_id)
    join facts.claims c on c.version_id = q.version_id and c.quantity = q."index"
),
-- Events of one sort in one place differ by their days: a toll is of the one told with it, else of the last one before it.
-- Articles a day apart mean one event: the day changes with the zone.
event_days as (
    select series, event_day, event_day - coalesce(lag(event_day) over (partition by series order by event_day), event_day) > 1 as is_other
    from (select distinct series, event_day from chosen where event_day is not null)
),
events as (
    select series, event_day, max(if(is_other, event_day, null)) over (partition by series order by event_day) as event
    from event_days
),
happened as (
    select
        c.* replace (
            case
                when c.is_past and coalesce(e.event_day < c.as_of_first, true) then md5(concat(c.series, c.as_of_first, 'past'))
                when e.event is null then c.series
                else md5(concat(c.series, e.event))
            end as series
        )
    from (select *, coalesce(event_day, if(is_past, as_of_last, day)) as until from chosen) c
    asof left join events e on e.series = c.series and c.until >= e.event_day
),
-- What is printed is rounded to its last digit (a count only from a thousand on), but for more than a fiftieth nobody
-- rounds; `about` is within a tenth.
measured as (
    select
        c.*,
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
        if(source_type = 'author', null, said_by) as source,
        -- Only what is given plainly can be contradicted.
        hedge in ('asserted', 'reported') and not approx and bound is null as is_firm
    from happened c
),
-- Two figures that one article gives of one key for the same days are parts of something, or different things, and the
-- first is kept; of a toll, another stays beside it only where it stands near, and each has a source of its own.
told as (
    select *
    from measured
    window days as (partition by series, version_id, first_day, last_day order by start)
    qualify row_number() over days = 1
        or (
            is_toll
            and source <> first_value(source) over days
            and source_type <> 'document'
            and first_value(source_type) over days <> 'document'
            and sentence - first_value(sentence) over days <= 1
            and row_number() over (partition by series, version_id, first_day, last_day, source order by start) = 1
        )
),
-- A copy that says no day gives the figure for its own.
printed as (
    select *, count(distinct article_id) over same as copies
    from (select *, if(first_day = day and last_day = day, null, (first_day, last_day)) as days from told)
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
steps as (
    select
        * replace (if(anew is null, series, md5(concat(series, anew))) as series),
        row_number() over (
            partition by series, anew
            order by last_day, first_day desc, published, article_id, version, start, version_id
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
            and e.is_firm
            and n.is_firm
            and (e.source <> n.source or (e.source is null or n.source is null) and e.story <> n.story)
            and (e.day = n.day or (e.is_explicit and n.is_explicit and not n.is_toll))
        ) as apart,
        max(e.step) as nearest
    from steps n
    join steps e
        on e.series = n.series and e.first_day = n.first_day and e.last_day = n.last_day and e.step < n.step
    group by n.series, n.step
)
select
    n.series,
    n.key,
    n.step,
    case
        when p.step is null then 'first'
        when p.print_low <= n.print_high and n.print_low <= p.print_high then 'repeat'
        when (n.to_high is null and n.from_low <= p.from_low) or (n.from_low is null and p.from_low <= n.to_high) then 'other'
        when b.step is null then 'update'
        when b.edited is not null then 'correction'
        when b.apart is not null then 'conflict'
        else 'other'
    end as relation,
    f.topic,
    k.subject_id,
    k.called as subject_name,
    k.subject_in,
    f.outlook,
    n.as_of_first,
    n.as_of_last,
    n.day,
    n.text as figure,
    n.value,
    n.low,
    n.high,
    n.approx,
    n.bound,
    q.change,
    n.kind,
    q.unit,
    q.currency,
    n.hedge,
    c.negated,
    n.said_by as speaker,
    n.source_type,
    a.publisher,
    n.copies,
    n.article_id,
    n.version_id,
    n."index" as quantity,
    p.version_id as previous_version,
    p."index" as previous_quantity,
    n.from_low,
    n.to_high,
    s.text[1 : q.start - s.start] || '«' || q.text || '»' || s.text[q."end" - s.start + 1 :] as evidence
from steps n
join core.figure_keys k using (version_id, "index")
join core.comparable_figures f using (version_id, "index")
join facts.quantities q using (version_id, "index")
join core.articles a using (version_id)
join facts.claims c on c.version_id = n.version_id and c.quantity = n."index"
join facts.sentences s on s.version_id = n.version_id and s."index" = q.sentence
left join beside b on b.series = n.series and b.step = n.step
left join steps p on p.series = n.series and p.step = coalesce(b.edited, b.alike, b.apart, b.nearest, n.step - 1)
order by n.series, n.step
