-- Who contradicts whom, to be read before it is printed: the steps of `mart.figure_timeline` that are a conflict, each with
--   the step that it contradicts. Copies of one story are one side.
-- kind: grouped
-- grain: series, step, other_step
-- by: key
-- of: mart/figure_timeline
-- series: The series of both, in `mart.figure_timeline`
-- key: What it is a part of, as there
-- topic: What is counted or described
-- subject_name: What the series is about
-- outlook: fact, outlook, plan or denied, of both
-- as_of_first: First day for which both are given
-- as_of_last: Last day for which both are given
-- step: Step of the one that was published earlier
-- figure: Its figure as printed
-- low: Lower end of its interval; null if open
-- high: Upper end of its interval; null if open
-- speaker: Who gave it
-- source_type: official, named, anonymous, document, media or author
-- hedge: How sure
-- day: Day on which it was published
-- publisher: The paper or site that ran it
-- version_id: The article version that it stands in
-- quantity: Its place among the article's quantities
-- evidence: Its sentence
-- other_step: Step of the later one
-- other_figure: Its figure as printed
-- other_low: Lower end of its interval; null if open
-- other_high: Upper end of its interval; null if open
-- other_speaker: Who gave it
-- other_source_type: official, named, anonymous, document, media or author
-- other_hedge: How sure
-- other_day: Day on which it was published
-- other_publisher: The paper or site that ran it
-- other_version: The article version that it stands in
-- other_quantity: Its place among the article's quantities
-- other_evidence: Its sentence
-- unit: Unit of the first; the other may be printed in another of the same dimension
-- currency: ISO 4217, money only
-- gap: What lies between the two intervals, as a share of the lower one's end; null where that is 0
select
    a.series,
    a.key,
    a.topic,
    a.subject_name,
    a.outlook,
    a.as_of_first,
    a.as_of_last,
    a.step,
    a.figure,
    a.low,
    a.high,
    a.speaker,
    a.source_type,
    a.hedge,
    a.day,
    a.publisher,
    a.version_id,
    a.quantity,
    a.evidence,
    b.step as other_step,
    b.figure as other_figure,
    b.low as other_low,
    b.high as other_high,
    b.speaker as other_speaker,
    b.source_type as other_source_type,
    b.hedge as other_hedge,
    b.day as other_day,
    b.publisher as other_publisher,
    b.version_id as other_version,
    b.quantity as other_quantity,
    b.evidence as other_evidence,
    a.unit,
    a.currency,
    case
        when a.to_high < b.from_low then (b.from_low - a.to_high) / nullif(abs(a.to_high), 0)
        else (a.from_low - b.to_high) / nullif(abs(b.to_high), 0)
    end as gap
from mart.figure_timeline b
join mart.figure_timeline a
    on a.series = b.series and a.version_id = b.previous_version and a.quantity = b.previous_quantity
where b.relation = 'conflict' and b.outlook <> 'denied'
order by a.series, a.step, b.step
