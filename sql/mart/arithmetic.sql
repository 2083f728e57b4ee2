-- Figures of one article that do not add up: percentages that do not fit what they rose or fell from and to, totals that
--   are not the sum of the parts listed with them ("12 dead: 7 soldiers and 4 civilians"), parts larger than the people
--   whom they are of, and tolls in a headline that the story knows nothing of. Only plain figures side by side are held
--   against each other, each as wide as rounding may have left it; changes that were adjusted (for inflation, exchange
--   rates, the season), percentages of percentages and lists that may not be whole are left out.
-- kind: sliced
-- grain: version_id, quantity
-- version_id: The article version that the figures stand in
-- article_id: The same for all versions of one article
-- quantity: Place among the article's quantities of the percentage, total or part, or of the story's toll, from 0
-- rule: percent, total, part or headline
-- day: Day of publication; where that is unknown, the day of capture
-- publisher: The paper or site that ran it
-- title: Headline of the article
-- figure: The figure as printed
-- before: Of a percentage, what the change starts from, as printed
-- after: What it arrives at, as printed
-- printed: The figure as a number
-- expected_low: The least that the others allow, whatever they were rounded from
-- expected_high: The most that they allow; null where there is no such end
-- sum: The sum that was expected
-- sentence: Index of the sentence
-- evidence: That sentence, the figure between « and »
-- start: First character of the figure in the article's text
-- end: Character after its last
with figures as (
    select
        f.*,
        a.text as body,
        replace(regexp_extract(f.figure, '\d[\d,]*(?:\.\d+)?'), ',', '') as numeral
    from mart.figures f
    join core.articles a using (version_id)
    where f.kind not in ('ordinal', 'duration', 'score') and f.sentence is not null
),
-- How far a figure may be rounded: to its last decimal, or over the noughts at its end (1,200 may stand for 1,150).
-- A percentage may be off by a whole step, since some papers cut where others round.
rounded as (
    select
        *,
        numeral <> '' and low = high and value > 0 and not approx and bound is null as is_plain,
        case
            when contains(numeral, '.') then power(10, -length(split_part(numeral, '.', 2)))
            when kind = 'percent' then 1
            else power(10, length(regexp_extract(numeral, '0*$')))
        end as step,
        step / 2 * value / nullif(try_cast(numeral as double), 0) as slack
    from figures
),
-- What stands between a figure and those before and after it in its sentence. Words are told below by what they do not
-- have in them: repeated classes of letters (\p{L}) take fifty times as long to compile, half a second for each build.
neighbours as (
    select
        *,
        lag(quantity) over beside as before_1,
        lead(quantity) over beside as next_1,
        lead(quantity, 2) over beside as next_2,
        body[lag("end") over beside + 1 : start] as gap_0,
        body["end" + 1 : lead(start) over beside] as gap_1,
        body[lead("end") over beside + 1 : lead(start, 2) over beside] as gap_2
    from rounded
    window beside as (partition by version_id, sentence order by start)
),
beside_percents as materialized (
    select * from neighbours where kind = 'percent'
),
changes as (
    -- "rose 12% to $560 million from $500 million"
    select version_id, quantity, next_2 as origin, next_1 as result
    from beside_percents
    where regexp_full_match(gap_1, '[^\d.,;:()—–“”"$%/&\n]{0,30} to ') and regexp_full_match(gap_2, '[^\d.,;:()—–“”"$%/&\n]{0,30},? from ')
    union all
    -- "rose 12% from $500 million to $560 million"
    select version_id, quantity, next_1, next_2
    from beside_percents
    where regexp_full_match(gap_1, '[^\d.,;:()—–“”"$%/&\n]{0,30} from ') and regexp_full_match(gap_2, '[^.,;:()—–“”"$%/&\n]{0,30} to ')
    union all
    -- "$560 million, up 12% from $500 million"
    select version_id, quantity, next_1, before_1
    from beside_percents
    where regexp_full_match(gap_0, '[^\d.,;:()—–“”"$%/&\n]{0,30}, (?:up|down|an? [a-z]+ of) ') and regexp_full_match(gap_1, ' from ')
),
percents as (
    select
        p.*,
        o.figure as before,
        r.figure as after,
        abs(r.value - o.value) as difference,
        100 * greatest(difference - r.slack - o.slack, 0) / (o.value + o.slack) as expected_low,
        100 * (difference + r.slack + o.slack) / (o.value - o.slack) as expected_high,
        100 * difference / o.value as exact
    from changes
    join rounded p using (version_id, quantity)
    join rounded o on o.version_id = p.version_id and o.quantity = changes.origin
    join rounded r on r.version_id = p.version_id and r.quantity = changes.result
    where p.is_plain and o.is_plain and r.is_plain
        -- of percentages it is open whether points are meant
        and o.kind <> 'percent' and o.kind = r.kind and o.unit is not distinct from r.unit
        and o.currency is not distinct from r.currency and o.value > o.slack
        -- the printed ends of a change that was adjusted are not those that it was worked out from
        and not regexp_matches(
            lower(p.evidence), 'constant|currency|currencies|organic|adjust|like-for-like|same-store|annuali|real terms|inflation'
        )
),
-- What follows a figure in its sentence and what stands before it, each other figure as #.
counts as (
    select
        -- what is counted out to its last digit is not rounded
        r.* exclude (body) replace (if(r.value = try_cast(r.numeral as double) and r.numeral not like '%0', 0, r.slack) as slack),
        r.kind = 'cardinal' and r.is_plain and r.value = floor(r.value) and r.unit is null and r.change is null as is_count,
        s.text as said,
        s.start as said_from
    from rounded r
    join facts.sentences s on s.version_id = r.version_id and s."index" = r.sentence
    qualify count(*) over (partition by r.version_id, r.sentence) > 1 or r.sentence < 3
),
around as (
    select
        t.version_id,
        t.quantity,
        list({'value': o.value, 'slack': o.slack} order by o.start) filter (o.start > t.start) as next,
        list({'value': o.value, 'slack': o.slack} order by o.start) filter (o.start < t.start) as previous,
        coalesce(bool_and(o.is_count) filter (o.start > t.start), false) as counts_next,
        coalesce(bool_and(o.is_count) filter (o.start < t.start), false) as counts_previous
    from counts t
    join counts o on o.version_id = t.version_id and o.sentence = t.sentence and o.quantity <> t.quantity
    where t.is_count
    group by t.version_id, t.quantity
),
gaps as (
    select
        version_id,
        sentence,
        quantity,
        is_count,
        said,
        start,
        "end" - said_from as ends,
        said[coalesce(lag(ends) over beside, 0) + 1 : start - said_from] as ahead
    from counts
    window beside as (partition by version_id, sentence order by start)
),
templates as (
    select
        t.version_id,
        t.quantity,
        coalesce(string_agg(o.ahead || '#', '' order by o.start) filter (o.start > t.start), '')
            || t.said[max(o.ends) + 1 :] as behind,
        coalesce(string_agg(o.ahead || '#', '' order by o.start) filter (o.start < t.start), '') || t.ahead as ahead
    from gaps t
    join gaps o using (version_id, sentence)
    where t.is_count
    group by t.version_id, t.quantity, t.said, t.ahead
),
listed as (
    -- "12 people: 7 soldiers, 4 nurses and 1 driver."
    select t.version_id, t.quantity, a.next as parts
    from templates t
    join around a using (version_id, quantity)
    where a.counts_next and len(a.next) > 1
        and regexp_full_match(
            t.behind,
            '(?: [^\s\d#,;:()—–“”"$%/&]+){0,8}(?:: | [—–-] | \((?:that is, )?| consists? of | consisting of | comprising | made up of )#(?: [^\s\d#,;:()—–“”"$%/&]+){0,9}(?:, #(?: [^\s\d#,;:()—–“”"$%/&]+){0,9})*,? and #(?: [^\s\d#,;:()—–“”"$%/&]+){0,9}(?:[.)][^#]*)?'
        )
    union all
    -- "7 soldiers, 4 nurses and 1 driver, a total of 12"
    select
        t.version_id,
        t.quantity,
        list_slice(a.previous, -length(regexp_replace(regexp_extract(t.ahead, '#(?: [^\s\d#,;:()—–“”"$%/&]+){1,9}(?:, #(?: [^\s\d#,;:()—–“”"$%/&]+){1,9})*,? and #(?: [^\s\d#,;:()—–“”"$%/&]+){1,9},? (?:for )?(?:in|an?) (?:combined |grand )?total of $'), '[^#]', '', 'g')), -1)
    from templates t
    join around a using (version_id, quantity)
    where a.counts_previous and len(a.previous) > 1 and regexp_matches(t.ahead, '#(?: [^\s\d#,;:()—–“”"$%/&]+){1,9}(?:, #(?: [^\s\d#,;:()—–“”"$%/&]+){1,9})*,? and #(?: [^\s\d#,;:()—–“”"$%/&]+){1,9},? (?:for )?(?:in|an?) (?:combined |grand )?total of $')
),
totals as (
    select
        c.*,
        list_sum(list_transform(parts, lambda p: p.value)) as added,
        c.slack + list_sum(list_transform(parts, lambda p: p.slack)) as room,
        array_to_string(list_transform(parts, lambda p: p.value::bigint), ' + ') as terms
    from listed
    join counts c using (version_id, quantity)
),
-- "12 people, including 15 children"
parts as (
    select p.*, t.value as whole, t.figure as whole_figure
    from templates w
    join counts t using (version_id, quantity)
    join counts p on p.version_id = t.version_id and p.sentence = t.sentence and p.quantity = t.quantity + 1
    where p.is_count
        and regexp_matches(w.behind, '^ (?:people|persons|civilians|passengers|victims|dead|lives),? including #(?: [^\s\d.#,;:()—–“”"$%/&]+){1,3}[,. ]')
),
-- The toll of a headline in digits, and those of the story's first three sentences.
headlines as (
    select
        version_id,
        title,
        try_cast(replace(regexp_extract(title, '(?i)(?:^|[\s:])(\d[\d,]*)(?: people| persons| others)? (killed|dead|die|injured|wounded|hurt)\b', 1), ',', '') as double) as told,
        if(lower(regexp_extract(title, '(?i)(?:^|[\s:])(\d[\d,]*)(?: people| persons| others)? (killed|dead|die|injured|wounded|hurt)\b', 2)) in ('injured', 'wounded', 'hurt'), 'injured', 'killed') as state
    from core.articles
    where regexp_matches(title, '(?i)(?:^|[\s:])(\d[\d,]*)(?: people| persons| others)? (killed|dead|die|injured|wounded|hurt)\b') and not regexp_matches(title, '(?i)\b(at least|more than|over|up to|nearly|about|some|around)\b')
),
stories as (
    select c.*, h.told, h.state
    from headlines h
    join core.comparable_figures f on f.version_id = h.version_id and f.topic = 'person ' || h.state and f.outlook = 'fact'
    join counts c on c.version_id = f.version_id and c.quantity = f."index"
    where c.sentence < 3
        and c.is_count
        and not exists (
            select 1 from facts.quantities q
            where q.version_id = h.version_id and h.told between coalesce(q.low, 0) and coalesce(q.high, h.told)
        )
    qualify row_number() over (partition by c.version_id order by c.start) = 1
),
found as (
    select *, 'percent' as rule, 'from ' || before || ' to ' || after || ' is ' || round(exact, 1) || '%, not ' || figure as sum
    from percents
    where value + step < expected_low or value - step > expected_high
    union all by name
    select *, 'total' as rule, added - room as expected_low, added + room as expected_high, terms || ' is ' || added::bigint || ', not ' || figure as sum
    from totals
    where abs(added - value) > room
    union all by name
    select *, 'part' as rule, 0 as expected_low, whole as expected_high, figure || ' are more than ' || whole_figure as sum
    from parts
    where value > whole
    union all by name
    select *, 'headline' as rule, told as expected_low, told as expected_high, 'the headline says ' || told::bigint || ', the story ' || figure as sum
    from stories
    where value <> told
)
select
    version_id,
    article_id,
    quantity,
    rule,
    day,
    publisher,
    title,
    figure,
    before,
    after,
    value as printed,
    expected_low,
    expected_high,
    sum,
    sentence,
    evidence,
    start,
    "end"
from found
qualify row_number() over (partition by version_id, quantity order by rule) = 1
order by day, version_id, quantity
