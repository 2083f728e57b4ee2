-- Whom figures and quotes come from: how many of each publisher and section rest on each type of source. Small numbers
--   say little: hold a share against the count that it is a share of.
-- kind: table
-- grain: publisher, section
-- publisher: The paper or site; null where unknown
-- section: Section of the paper; null where unknown
-- articles: Articles with a figure that somebody asserts, a quote or a silence, each in its newest version
-- figures: Figures that somebody asserts
-- official: Figures among them from officials and public bodies, by name or not
-- named: Figures from named people and other named bodies
-- anonymous: Figures from sources without a name or an office
-- document: Figures from documents
-- media: Figures from other media
-- author: Figures that the article states itself
-- unknown: Figures of a pronoun that stands for nobody known
-- given: Figures that a known source gives, other than the article itself
-- anonymous_share: Share of `given` that is anonymous, 0 to 1; null where nothing is given
-- quotes: Quotes
-- quotes_named: Quotes of somebody who is named
-- quotes_unnamed: Quotes of somebody who is only described: an official, residents
-- quotes_unknown: Quotes without a speaker, or of a pronoun that stands for nobody known
-- quotes_named_person: Quotes of people by name
-- quotes_named_body: Quotes of bodies by name
-- quotes_unnamed_official: Quotes of officials and public bodies that are only described
-- quotes_unnamed_body: Quotes of other bodies that are only described
-- quotes_anonymous: Quotes of people without a name or an office
-- quotes_document: Quotes of documents
-- quotes_media: Quotes of other media
-- quotes_author: Quotes of the author
-- silences: Times that somebody would not speak or was not heard; these are no quotes
-- unnamed_share: Share of quotes with a known speaker that is of somebody unnamed, 0 to 1; null where there are none
with given as (
    select
        version_id,
        'figure' as what,
        source_type,
        speaker,
        speaker_name,
        null as source_kind
    from facts.claims
    union all
    select
        q.version_id,
        'quote',
        null,
        q.speaker,
        q.speaker_name,
        q.source_kind
    from facts.quotes q
    anti join core.silent_quotes k on k.version_id = q.version_id and k.quote = q."index"
    union all
    select
        version_id,
        'silence',
        null,
        speaker,
        speaker_name,
        null
    from facts.silences
),
said as (
    select
        *,
        what = 'figure' as is_figure,
        speaker_name is null and coalesce(lower(speaker) in (
            'i', 'you', 'he', 'she', 'it', 'we', 'they', 'this', 'that', 'these', 'those', 'which', 'who', 'what'
        ), not is_figure) as is_unknown,
        if(is_unknown, 'unknown', source_type) as sort
    from given
)
select
    a.publisher,
    a.section,
    count(distinct a.article_id) as articles,
    count(*) filter (is_figure) as figures,
    count(*) filter (sort = 'official') as official,
    count(*) filter (sort = 'named') as named,
    count(*) filter (sort = 'anonymous') as anonymous,
    count(*) filter (sort = 'document') as document,
    count(*) filter (sort = 'media') as media,
    count(*) filter (sort = 'author') as author,
    count(*) filter (is_figure and is_unknown) as unknown,
    figures - author - unknown as given,
    anonymous / nullif(given, 0) as anonymous_share,
    count(*) filter (what = 'quote') as quotes,
    count(*) filter (what = 'quote' and speaker_name is not null) as quotes_named,
    count(*) filter (what = 'quote' and speaker_name is null and not is_unknown) as quotes_unnamed,
    count(*) filter (what = 'quote' and is_unknown) as quotes_unknown,
    count(*) filter (source_kind = 'named_person') as quotes_named_person,
    count(*) filter (source_kind = 'named_body') as quotes_named_body,
    count(*) filter (source_kind = 'unnamed_official') as quotes_unnamed_official,
    count(*) filter (source_kind = 'unnamed_body') as quotes_unnamed_body,
    count(*) filter (source_kind = 'anonymous') as quotes_anonymous,
    count(*) filter (source_kind = 'document') as quotes_document,
    count(*) filter (source_kind = 'media') as quotes_media,
    count(*) filter (source_kind = 'author') as quotes_author,
    count(*) filter (what = 'silence') as silences,
    quotes_unnamed / nullif(quotes_named + quotes_unnamed, 0) as unnamed_share
from said s
join core.articles a on a.version_id = s.version_id and a.is_latest
group by a.publisher, a.section
order by figures + quotes desc, a.publisher, a.section
