-- Articles that tell of these terms, the best first: full text over title and body, in their newest versions.
-- terms: The words to look for; case, accents and English endings do not matter
-- most: How many articles at most, 100 if not given
create or replace macro search(terms, most := 100) as table
    with scored as (
        select
            version_id,
            fts_core_articles.match_bm25(version_id, terms) as score
        from core.articles
        where is_latest
    ),
    hits as (
        select
            s.score,
            a.version_id,
            a.day,
            a.publisher,
            a.title,
            a.text
        from scored s
        join core.articles a using (version_id)
        where s.score is not null
        order by s.score desc, a.day desc, a.version_id
        limit most
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
