-- The sentence around characters of an article, the characters themselves between « and ».
-- of_version: The article version, `version_id`
-- first: First character, `start`
-- past: Character after the last, `"end"`
create or replace macro evidence(of_version, first, past) as (
    select
        a.text[
            coalesce((
                select min(s.start)
                from facts.sentences s
                where s.version_id = of_version and s.start < past and s."end" > first
            ), first) + 1 : first
        ]
        || '«' || a.text[first + 1 : past] || '»'
        || a.text[
            past + 1 : coalesce((
                select max(s."end")
                from facts.sentences s
                where s.version_id = of_version and s.start < past and s."end" > first
            ), past)
        ]
    from core.articles a
    where a.version_id = of_version
);
