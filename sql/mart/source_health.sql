-- How each watched source does: when it was seen, what it brought, whether it has fallen silent or cleans badly.
-- kind: table
-- grain: source
-- source: Name of the source in sources.toml
-- last_asked: When it was asked last (UTC): its feed, sitemap or page
-- last_outcome: What became of that request
-- last_error: What went wrong with it; null for nothing
-- last_seen: When it last answered with what it should be, or that nothing had changed (UTC)
-- failures: Visits since then
-- last_new_at: When it last brought something new (UTC)
-- captures: Captures that came of it
-- captures_week: Those of the seven days before it was asked last
-- failed_week: Requests for articles in these days that brought none
-- waiting: Articles that it named and that have not been asked for yet
-- usual_gap_hours: 95th percentile of the hours between two visits that brought something new, over 60 days; null for
--   fewer than ten such gaps
-- quiet_hours: Hours from what it last brought to when it was last seen
-- is_silent: Whether it has been quiet for more than three times its usual gap
-- recent_rejected: Share of its last 20 captures that gave no article; null for fewer than ten
-- usual_rejected: Share of the 200 before these; null for fewer than 20
-- recent_words: Median words of the articles among its last 20 captures
-- usual_words: Lower quartile of the words of the articles among the 200 before
-- cleans_badly: Whether rejects are more than chance explains (three standard errors and a tenth above the usual share),
--   or the articles less than half as long as its shortest quarter was
with requests as (
    select
        source,
        asked_at,
        outcome,
        error,
        count(*) filter (kind <> 'part') over (
            partition by source
            order by asked_at
            rows between unbounded preceding and current row
        ) as visit,
        case kind
            when 'page' then
                capture_id is not null
                and row_number() over (partition by source, capture_id order by asked_at) = 1
            else coalesce(new_entries > 0, false)
        end as is_new
    from raw.fetches
    where kind <> 'article'
),

visits as (
    select
        source,
        min(asked_at) as asked_at,
        arg_min(outcome, asked_at) as outcome,
        arg_min_null(error, asked_at) as error,
        arg_min(outcome, asked_at) in ('ok', 'not_modified') as is_seen,
        bool_or(is_new) as is_new
    from requests
    group by source, visit
),

asked as (
    select
        source,
        max(asked_at) as last_asked,
        max_by(outcome, asked_at) as last_outcome,
        arg_max_null(error, asked_at) as last_error,
        max(asked_at) filter (is_seen) as last_seen,
        max(asked_at) filter (is_new) as last_new_at
    from visits
    group by source
),

gaps as (
    select
        v.source,
        v.asked_at - lag(v.asked_at) over (partition by v.source order by v.asked_at) as gap
    from visits v
    join asked a using (source)
    where v.is_new and v.asked_at > a.last_asked - interval 60 days
),

rhythm as (
    select
        source,
        quantile_cont(epoch(gap) / 3600, 0.95) as usual_gap_hours
    from gaps
    where gap is not null
    group by source
    having count(*) >= 10
),

brought as (
    select
        regexp_extract(o.source, '^web:([^#]+)', 1) as source,
        o.captured_at,
        o.outcome = 'reject' as is_rejected,
        a.words,
        row_number() over (
            partition by regexp_extract(o.source, '^web:([^#]+)', 1)
            order by o.captured_at desc, o.capture_id
        ) as age
    from core.outcomes o
    left join clean.articles a using (capture_id)
    where starts_with(o.source, 'web:')
),

cleaned as (
    select
        source,
        count(*) as captures,
        if(count(*) filter (age <= 20) >= 10, avg(is_rejected::int) filter (age <= 20), null) as recent_rejected,
        if(
            count(*) filter (age between 21 and 220) >= 20,
            avg(is_rejected::int) filter (age between 21 and 220),
            null
        ) as usual_rejected,
        median(words) filter (age <= 20) as recent_words,
        quantile_cont(words, 0.25) filter (age between 21 and 220) as usual_words
    from brought
    group by source
),

week as (
    select
        a.source,
        (
            select count(*)
            from brought b
            where b.source = a.source and b.captured_at > a.last_asked - interval 7 days
        ) as captures_week,
        (
            select count(*)
            from raw.fetches f
            where
                f.source = a.source
                and f.kind = 'article'
                and f.capture_id is null
                and f.asked_at > a.last_asked - interval 7 days
        ) as failed_week,
        (
            select count(*)
            from visits v
            where v.source = a.source and v.asked_at > coalesce(a.last_seen, '-infinity'::timestamptz)
        ) as failures,
        (
            select count(*)
            from raw.entries e
            where
                e.source = a.source
                and e.entry_id not in (select entry_id from raw.fetches where entry_id is not null)
        ) as waiting
    from asked a
)

select
    a.source,
    a.last_asked,
    a.last_outcome,
    a.last_error,
    a.last_seen,
    w.failures,
    a.last_new_at,
    coalesce(c.captures, 0) as captures,
    w.captures_week,
    w.failed_week,
    w.waiting,
    r.usual_gap_hours,
    epoch(a.last_seen - a.last_new_at) / 3600 as quiet_hours,
    coalesce(epoch(a.last_seen - a.last_new_at) / 3600 > 3 * r.usual_gap_hours, false) as is_silent,
    c.recent_rejected,
    c.usual_rejected,
    c.recent_words,
    c.usual_words,
    coalesce(
        c.recent_rejected
        > c.usual_rejected + 0.1 + 3 * sqrt(c.usual_rejected * (1 - c.usual_rejected) / 20),
        false
    )
    or coalesce(c.usual_rejected is not null and c.recent_words < c.usual_words / 2, false) as cleans_badly
from asked a
join week w using (source)
left join rhythm r using (source)
left join cleaned c using (source)
order by a.source
