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
    where has_word(counted, what) or has_word(about, what)
    order by day desc, version_id, start;
