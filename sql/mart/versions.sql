-- What changed from one version of an article to the next.
-- kind: table
-- grain: version_id
-- version_id: The later version
-- previous_id: `version_id` of the one before
-- article_id: The same for all versions of one article
-- version: Number of the later version, from 2
-- captured_at: When the later version was first captured (UTC)
-- publisher: The paper or site that ran it
-- title: Headline of the later version
-- previous_title: Headline before
-- words_added: Words that the body grew by; negative where it shrank
-- figures_added: Figures, with what they count, that only the later version has, in the order of its text
-- figures_removed: Figures that only the version before has
with revised as (
    select
        version_id,
        lag(version_id) over by_version as previous_id,
        article_id,
        version,
        captured_at,
        publisher,
        title,
        lag(title) over by_version as previous_title,
        words - lag(words) over by_version as words_added
    from core.articles
    window by_version as (partition by article_id order by version)
    qualify count(*) over (partition by article_id) > 1
),
figures as (
    select
        version_id,
        list(concat_ws(' ', text, if(text.ends_with(counted), null, counted)) order by "index") as figures
    from facts.quantities
    where version_id in (select version_id from revised)
    group by version_id
)
select
    r.version_id,
    r.previous_id,
    r.article_id,
    r.version,
    r.captured_at,
    r.publisher,
    r.title,
    r.previous_title,
    r.words_added,
    list_filter(coalesce(f.figures, []), lambda figure: not list_contains(coalesce(p.figures, []), figure))
        as figures_added,
    list_filter(coalesce(p.figures, []), lambda figure: not list_contains(coalesce(f.figures, []), figure))
        as figures_removed
from revised r
left join figures f on f.version_id = r.version_id
left join figures p on p.version_id = r.previous_id
where r.version > 1
order by r.captured_at, r.version_id
