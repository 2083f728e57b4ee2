-- Whom figures and quotes come from: how many of each publisher and section rest on each type of source. Small numbers
--   say little: hold a share against the count that it is a share of.
-- kind: table
-- grain: publisher, section
-- publisher: The paper or site; null where unknown
-- section: Section of the paper; null where unknown
-- articles: Articles with a figure that somebody asserts or a quote, each in its newest version
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
-- unnamed_share: Share of quotes with a known speaker that is of somebody unnamed, 0 to 1; null where there are none
with given as (
    select
        version_id,
        true as is_figure,
        source_type,
        speaker,
        speaker_name
    from facts.claims
    union all
    select
        version_id,
        false,
        null,
        speaker,
        speaker_name
    from facts.quotes
),
said as (
    select
        *,
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
    count(*) filter (not is_figure) as quotes,
    count(*) filter (not is_figure and speaker_name is not null) as quotes_named,
    count(*) filter (not is_figure and speaker_name is null and not is_unknown) as quotes_unnamed,
    count(*) filter (not is_figure and is_unknown) as quotes_unknown,
    quotes_unnamed / nullif(quotes_named + quotes_unnamed, 0) as unnamed_share
from said s
join core.articles a on a.version_id = s.version_id and a.is_latest
group by a.publisher, a.section
order by figures + quotes desc, a.publisher, a.section
