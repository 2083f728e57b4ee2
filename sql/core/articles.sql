-- One row an article version: its text and metadata as they were first captured.
-- kind: sliced
-- grain: version_id
-- reach: with moved as (
--     select article_id from clean.articles where version_id in (select version_id from meta.touched)
--     union all
--     select value from meta.changed where model = 'core/same_article'
--   ), groups as (
--     select coalesce(s.first_id, m.article_id) as article_id from moved m left join core.same_article s using (article_id)
--     union all
--     select article_id from core.articles
--     where version_id in (
--       select version_id from meta.touched
--       union all
--       select version_id from clean.articles where article_id in (select article_id from moved)
--     )
--   )
--   select version_id from clean.articles a left join core.same_article s using (article_id)
--   where coalesce(s.first_id, a.article_id) in (select article_id from groups)
--   union all
--   select version_id from core.articles where article_id in (select article_id from groups)
-- version_id: This text under this title
-- article_id: The same for all versions of one article
-- version: Number of the version within its article, from 1, in the order of capture; of versions captured at once, by
--   the time they state
-- is_latest: Whether no later version of the article was captured
-- captures: Captures that gave this version
-- capture_id: The first of them
-- captured_at: When it was first captured (UTC)
-- last_captured_at: When it was last captured (UTC)
-- day: Day of publication; where that is unknown, the day of the first capture (UTC)
-- published_at: ISO 8601 with offset where known; date only where only the day is known
-- published_utc: The same as a point in time; null where the hour or the zone is unknown
-- published_day: Day of publication in the publisher's own zone
-- zone: Whether the time's zone is known, assumed, or there is none
-- modified_at: ISO 8601, as `published_at`
-- url: Canonical address, without tracking parameters
-- title: Headline, without the site's name
-- subtitle: Line under the headline
-- authors: Names of people, without By, roles and agencies
-- publisher: The paper or site that ran it
-- wire: News agency that it came from
-- dateline: Place of the dateline
-- section: Section of the paper
-- language: ISO 639-1 code of the text
-- text: The clean body; paragraphs separated by one blank line
-- words: Words of the body
-- flags: paywalled, truncated, live_blog, list, gallery ...
with named as (
    select a.* replace (coalesce(s.first_id, a.article_id) as article_id)
    from clean.articles a
    left join core.same_article s using (article_id)
),
first_captures as (
    select
        *,
        coalesce(modified_at, published_at) as stated_at,
        count(*) over same_version as captures,
        max(captured_at) over same_version as last_captured_at
    from named
    window same_version as (partition by version_id)
    qualify row_number() over (partition by version_id order by captured_at, capture_id) = 1
)
select
    version_id,
    article_id,
    row_number() over so_far as version,
    row_number() over (partition by article_id order by captured_at desc, stated_at desc nulls last, capture_id desc) = 1 as is_latest,
    captures,
    capture_id,
    captured_at,
    last_captured_at,
    coalesce(published_day, (captured_at at time zone 'UTC')::date) as day,
    published_at,
    case
        when regexp_matches(published_at, 'T.*(Z|[+-]\d\d:?\d\d)$') then try_cast(published_at as timestamptz)
    end as published_utc,
    published_day,
    zone,
    modified_at,
    url,
    title,
    subtitle,
    authors,
    publisher,
    wire,
    dateline,
    section,
    language,
    text,
    words,
    flags
from first_captures
window so_far as (partition by article_id order by captured_at, stated_at nulls first, capture_id)
order by captured_at, capture_id
