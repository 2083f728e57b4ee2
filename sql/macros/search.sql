-- Articles that tell of these terms, the best first: full text over title and body, in their newest versions.
-- terms: The words to look for; case, accents and English endings do not matter
-- most: How many articles at most, 100 if not given
create or replace macro search(terms, most := 100) as table
    with scored as (
        select
            rowid as line,
            version_id,
            day,
            fts_core_articles.match_bm25(version_id, terms) as score
        from core.articles
        where is_latest
    ),
    -- Many articles may match: of few of them are the texts read.
    best as (
        select line, score
        from scored
        where score is not null
        order by score desc, day desc, version_id
        limit most
    ),
    hits as (
        select
            b.score,
            a.version_id,
            a.day,
            a.publisher,
            a.title,
            a.text
        from best b
        join core.articles a on a.rowid = b.line
    ),
    wanted as (
        select string_agg(regexp_escape(regexp_replace(stem(word, 'porter'), 'i$', '')), '|') as stems
        from (select unnest(regexp_extract_all(lower(terms), '[\p{L}\p{N}]+')) as word)
        where word not in (select sw from fts_core_articles.stopwords)
    )
    select
        round(h.score, 3) as score,
        h.version_id,
        h.day,
        h.publisher,
        h.title,
        coalesce(
            nullif(regexp_extract(h.text, '(?im)(?:^|\s)((?:[^\n]{0,60}\s)?(?:' || w.stems || ')[^\n]{0,120})', 1), ''),
            h.text[1 : 180]
        ).trim() as snippet
    from hits h
    cross join wanted w
    order by h.score desc, h.day desc, h.version_id;
