-- Figures in sentences that name somebody or something, or that describe it, the newest first.
-- topic_name: A name, such as 'Gaza', or what is described
-- most: How many figures at most, all if not given
create or replace macro figures_about(topic_name, most := null) as table
    with names as (
        select distinct name
        from core.spellings
        where has_word(name, topic_name)
    ),
    sentences as (
        select version_id, sentence
        from facts.mentions
        where name in (select name from names)
    ),
    -- The newest are known by few columns: only of these are the others read.
    named as (
        select f.rowid as line, f.day, f.version_id, f.start
        from mart.figures f
        semi join sentences using (version_id, sentence)
        order by f.day desc, f.version_id, f.start
        limit most
    ),
    described as (
        select f.rowid as line, f.day, f.version_id, f.start
        from mart.figures f
        where has_word(f.about, topic_name)
        order by f.day desc, f.version_id, f.start
        limit most
    ),
    newest as (
        select line
        from (from named union from described)
        order by day desc, version_id, start
        limit most
    )
    select
        f.day,
        f.figure,
        f.value,
        f.low,
        f.high,
        f.approx,
        f.bound,
        f.change,
        f.unit,
        f.currency,
        f.si_value,
        f.si_low,
        f.si_high,
        f.si_unit,
        f.counted,
        f.about,
        f.speaker,
        f.source_type,
        f.hedge,
        f.negated,
        f.subject,
        f.verb,
        f.place,
        f.as_of_first,
        f.as_of_last,
        f.publisher,
        f.title,
        f.evidence,
        f.version_id,
        f.start,
        f."end"
    from mart.figures f
    where f.rowid in (select line from newest)
    order by f.day desc, f.version_id, f.start;
