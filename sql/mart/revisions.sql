-- What changed from one version of an article to the next: headline, paragraphs, figures and quotes.
-- kind: sliced
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
-- paragraphs_added: Paragraphs that only the later version has, in the order of its text
-- paragraphs_removed: Paragraphs that only the version before has
-- paragraphs_changed: Paragraphs that were rewritten, before and after: at least half of their words are the same
-- figures_added: Figures, with what they count, that only the later version has, in the order of its text
-- figures_removed: Figures that only the version before has
-- figures_changed: Figures whose value changed, before and after: the same thing counted or described, in the same unit,
--   in a sentence at least half of whose words are the same
-- quotes_added: Quotes, behind who is quoted, that only the later version has, in the order of its text
-- quotes_removed: Quotes that only the version before has
-- quotes_changed: Quotes whose words or speaker changed, before and after: at least half of their words are the same
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
        words - lag(words) over by_version as words_added,
        text
    from core.articles
    window by_version as (partition by article_id order by version)
    qualify count(*) over (partition by article_id) > 1
),
paragraphs as (
    select version_id, unnest(split(text, e'\n\n')) as text, generate_subscripts(split(text, e'\n\n'), 1) as place
    from revised
),
-- `same` tells what is the same in both versions, `alike` what may be one thing that changed, `around` where it stands.
parts as (
    select version_id, 'paragraph' as kind, place, text as same, '' as alike, text as label, text as around
    from paragraphs
    union all
    select
        q.version_id,
        'figure',
        q."index",
        concat_ws('|', q.kind, q.value, q.low, q.high, q.bound, q.change, q.unit, q.currency, lower(coalesce(q.counted, q.about))),
        concat_ws('|', q.kind, q.unit, q.currency, lower(coalesce(q.counted, q.about))),
        concat_ws(' ', q.text, if(q.text.ends_with(q.counted), null, q.counted)),
        coalesce(s.text, q.text)
    from facts.quantities q
    join revised using (version_id)
    left join facts.sentences s on s.version_id = q.version_id and s."index" = q.sentence
    union all
    select
        version_id,
        'quote',
        "index",
        concat_ws('|', q.text, coalesce(q.speaker_name, q.speaker)),
        '',
        concat_ws(': ', coalesce(q.speaker_name, q.speaker), q.text),
        q.text
    from facts.quotes q
    join revised using (version_id)
),
firsts as (
    select *, list_distinct(regexp_extract_all(lower(around), '[\p{L}\p{N}]+')) as words
    from parts
    qualify row_number() over (partition by version_id, kind, same order by place) = 1
),
came as (
    select r.version_id as revision, f.*
    from revised r
    join firsts f on f.version_id = r.version_id
    where r.version > 1 and not exists (
        from firsts p where p.version_id = r.previous_id and p.kind = f.kind and p.same = f.same
    )
),
went as (
    select r.version_id as revision, f.*
    from revised r
    join firsts f on f.version_id = r.previous_id
    where not exists (
        from firsts n where n.version_id = r.version_id and n.kind = f.kind and n.same = f.same
    )
),
-- One thing that changed: what came and what went are each other's best match.
changed as (
    select
        c.revision,
        c.kind,
        c.place,
        w.place as previous_place,
        {'before': w.label, 'after': c.label} as change,
        2 * len(list_intersect(c.words, w.words)) / (len(c.words) + len(w.words)) as likeness
    from came c
    join went w using (revision, kind, alike)
    where likeness >= 0.5
    qualify row_number() over (
            partition by c.revision, c.kind, c.place order by likeness desc, abs(c.place - w.place), w.place
        ) = 1
        and row_number() over (
            partition by c.revision, c.kind, w.place order by likeness desc, abs(c.place - w.place), c.place
        ) = 1
),
changes as (
    select revision, kind, place, change, null as added, null as removed from changed
    union all
    select revision, kind, place, null, label, null from came anti join changed using (revision, kind, place)
    union all
    select revision, kind, place, null, null, label
    from went w
    where not exists (
        from changed c where c.revision = w.revision and c.kind = w.kind and c.previous_place = w.place
    )
),
listed as (
    select
        revision,
        kind,
        coalesce(list(added order by place) filter (added is not null), []) as added,
        coalesce(list(removed order by place) filter (removed is not null), []) as removed,
        coalesce(list(change order by place) filter (change is not null), []) as changed
    from changes
    group by revision, kind
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
    coalesce(p.added, []) as paragraphs_added,
    coalesce(p.removed, []) as paragraphs_removed,
    coalesce(p.changed, []) as paragraphs_changed,
    coalesce(f.added, []) as figures_added,
    coalesce(f.removed, []) as figures_removed,
    coalesce(f.changed, []) as figures_changed,
    coalesce(q.added, []) as quotes_added,
    coalesce(q.removed, []) as quotes_removed,
    coalesce(q.changed, []) as quotes_changed
from revised r
left join listed p on p.revision = r.version_id and p.kind = 'paragraph'
left join listed f on f.revision = r.version_id and f.kind = 'figure'
left join listed q on q.revision = r.version_id and q.kind = 'quote'
where r.version > 1
order by r.captured_at, r.version_id
