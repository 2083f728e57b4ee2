-- Figures of what is counted, measured or described by a word, the newest first.
-- what: The word or words, such as 'troops' or 'unemployment'
create or replace macro figures(what) as table
    select
        day,
        figure,
        value,
        low,
        high,
        approx,
        bound,
        change,
        unit,
        currency,
        si_value,
        si_low,
        si_high,
        si_unit,
        counted,
        about,
        speaker,
        source_type,
        hedge,
        negated,
        subject,
        verb,
        place,
        as_of_first,
        as_of_last,
        publisher,
        title,
        evidence,
        version_id,
        start,
        "end"
    from mart.figures
    -- Few rows match: only of these are the other columns read.
    where rowid in (select f.rowid from mart.figures f where has_word(f.counted, what) or has_word(f.about, what))
    order by day desc, version_id, start;
