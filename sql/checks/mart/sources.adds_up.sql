-- Each figure and each quote is counted under exactly one sort of source.
-- severity: blocking
select
    publisher,
    section,
    figures,
    quotes
from mart.sources
where figures <> official + named + anonymous + document + media + author + unknown
    or quotes <> quotes_named + quotes_unnamed + quotes_unknown
    or quotes < quotes_named_person + quotes_named_body + quotes_unnamed_official + quotes_unnamed_body + quotes_anonymous
        + quotes_document + quotes_media + quotes_author
