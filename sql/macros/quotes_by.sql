-- What somebody said, the newest first.
-- who: A name or a part of it, or the words that describe a source, such as 'official'
create or replace macro quotes_by(who) as table
    select
        day,
        speaker,
        source_kind,
        role,
        text,
        kind,
        cue,
        venue,
        said_first,
        said_last,
        publisher,
        title,
        version_id,
        start,
        "end"
    from mart.quotes
    -- Few rows match: only of these are the other columns read.
    where rowid in (select q.rowid from mart.quotes q where has_word(q.speaker, who))
    order by day desc, version_id, start;
