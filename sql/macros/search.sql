-- Articles that tell of these words, the best first: full text over title and body, in their newest versions.
-- words: The words; case, accents and English endings do not matter
create or replace macro search(words) as table
    with hits as (
        select
            fts_core_articles.match_bm25(version_id, words) as score,
            version_id, day, publisher, title, text
        from core.articles
        where is_latest
    )
    select
        round(score, 3) as score,
        version_id,
        day,
        publisher,
        title,
        text[1 : 200] as snippet
    from hits
    where score is not null
    order by score desc, day desc, version_id;
