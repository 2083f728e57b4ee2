-- Targets: figures that are planned or expected for a day after their article's, with the deadline and who gave them.
-- kind: table
-- grain: version_id, quantity
-- version_id: The article version that the target stands in
-- article_id: The same for all versions of one article
-- quantity: Place among the article's quantities, from 0
-- given_on: Day of publication; where that is unknown, the day of capture
-- publisher: The paper or site that ran it
-- title: Headline of the article
-- figure: The figure as printed
-- kind: cardinal, money, percent, measure, duration, multiple or fraction
-- value: The number in full; null only where it is purely a range
-- low: Lower end of the interval meant; null if open
-- high: Upper end of the interval meant; null if open
-- bound: at_least, more_than, at_most or less_than; null where it is none
-- change: up or down, where the figure is the size of a rise or a fall
-- unit: Canonical singular English name; null for a bare count
-- currency: ISO 4217, money only
-- counted: What is counted or measured out
-- about: What the figure describes, where it is not the counted noun
-- speaker: Canonical name of who gave it; where nobody is named, the words that describe the source
-- source_type: official, named, anonymous, document, media or author
-- hedge: planned or expected
-- negated: Whether the assertion is negated
-- deadline: The time as printed; null where it stands in another sentence
-- due_first: First day of the time for which it is given
-- due_last: Last day of it
-- is_past: Whether `due_last` lies before the day of the newest article
-- sentence: Index of the sentence that the figure stands in
-- evidence: That sentence, the figure between « and »
-- start: First character of the figure in the article's text
-- end: Character after its last
with targets as (
    select *
    from mart.figures
    where hedge in ('planned', 'expected') and as_of_last > day and kind not in ('ordinal', 'score')
        -- "30-year bonds": such a term names what it stands before
        and not (kind = 'duration' and regexp_matches(figure, '-\p{L}+$'))
),
-- The times of its sentence that are the day for which a figure is given, or the figure itself: "within five years".
times as (
    select
        f.version_id,
        f.quantity,
        t.text,
        t.start < f."end" and f.start < t."end" as is_figure,
        greatest(t.start - f."end", f.start - t."end") as distance,
        t.start
    from targets f
    join facts.times t on t.version_id = f.version_id and t.sentence = f.sentence and t.last_day > f.day
    where is_figure or t.last_day = f.as_of_last
),
deadlines as (
    select
        version_id,
        quantity,
        arg_min(text, (distance, start)) as text,
        bool_or(is_figure) as is_figure
    from times
    group by version_id, quantity
)
select
    f.version_id,
    f.article_id,
    f.quantity,
    f.day as given_on,
    f.publisher,
    f.title,
    f.figure,
    f.kind,
    f.value,
    f.low,
    f.high,
    f.bound,
    f.change,
    f.unit,
    f.currency,
    f.counted,
    f.about,
    f.speaker,
    f.source_type,
    f.hedge,
    f.negated,
    d.text as deadline,
    f.as_of_first as due_first,
    f.as_of_last as due_last,
    f.as_of_last < (select max(day) from core.articles) as is_past,
    f.sentence,
    f.evidence,
    f.start,
    f."end"
from targets f
left join deadlines d using (version_id, quantity)
where d.is_figure is distinct from true
order by due_last, f.day, f.version_id, f.quantity
