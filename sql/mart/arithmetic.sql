-- Percentages that do not fit what they rose or fell from and to, in one sentence. Only figures side by side in plain
--   digits are held against each other, each as wide as rounding may have left it; changes that were adjusted (for
--   inflation, exchange rates, the season) and percentages of percentages are left out.
-- kind: table
-- grain: version_id, quantity
-- version_id: The article version that the figures stand in
-- article_id: The same for all versions of one article
-- quantity: Place among the article's quantities of the percentage, from 0
-- day: Day of publication; where that is unknown, the day of capture
-- publisher: The paper or site that ran it
-- title: Headline of the article
-- figure: The percentage as printed
-- before: What the change starts from, as printed
-- after: What it arrives at, as printed
-- printed: The percentage as a number
-- expected_low: The least that the two ends allow, in per cent, whatever they were rounded from
-- expected_high: The most that they allow
-- sum: The sum that was expected
-- sentence: Index of the sentence
-- evidence: That sentence, the percentage between « and »
-- start: First character of the percentage in the article's text
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
-- What stands between a figure and those before and after it in its sentence.
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
changes as (
    -- "rose 12% to $560 million from $500 million"
    select version_id, quantity, next_2 as origin, next_1 as result
    from neighbours
    where regexp_full_match(gap_1, '[\p{L} ]{0,30} to ') and regexp_full_match(gap_2, '[\p{L} ]{0,30},? from ')
    union all
    -- "rose 12% from $500 million to $560 million"
    select version_id, quantity, next_1, next_2
    from neighbours
    where regexp_full_match(gap_1, '[\p{L} ]{0,30} from ') and regexp_full_match(gap_2, '[\p{L}\d ]{0,30} to ')
    union all
    -- "$560 million, up 12% from $500 million"
    select version_id, quantity, next_1, before_1
    from neighbours
    where regexp_full_match(gap_0, '[\p{L} ]{0,30}, (?:up|down|an? [\p{L}]+ of) ') and regexp_full_match(gap_1, ' from ')
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
    where p.kind = 'percent' and p.is_plain and o.is_plain and r.is_plain
        -- of percentages it is open whether points are meant
        and o.kind <> 'percent' and o.kind = r.kind and o.unit is not distinct from r.unit
        and o.currency is not distinct from r.currency and o.value > o.slack
        -- the printed ends of a change that was adjusted are not those that it was worked out from
        and not regexp_matches(
            lower(p.evidence), 'constant|currency|currencies|organic|adjust|like-for-like|same-store|annuali|real terms|inflation'
        )
)
select
    version_id,
    article_id,
    quantity,
    day,
    publisher,
    title,
    figure,
    before,
    after,
    value as printed,
    expected_low,
    expected_high,
    'from ' || before || ' to ' || after || ' is ' || round(exact, 1) || '%, not ' || figure as sum,
    sentence,
    evidence,
    start,
    "end"
from percents
where value + step < expected_low or value - step > expected_high
order by day, version_id, quantity
