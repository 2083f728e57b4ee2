"""The brief: one day in one HTML file that needs nothing else, to be opened or mailed."""

from datetime import date
from pathlib import Path
from typing import NamedTuple

import duckdb

from pipelines.desk.page import render
from pipelines.reading import rows

MOST = {"figures": 30, "conflicts": 20, "quotes": 15, "silences": 30, "rejects": 30}  # entries of each section

DAYS = "select distinct day from core.articles where is_latest order by day desc limit ?"
COUNTS = """
    select
        count(*) as articles,
        count(distinct publisher) as publishers,
        (select count(*) from mart.figures where day = $day) as figures,
        (select count(*) from mart.quotes where day = $day) as quotes
    from core.articles where is_latest and day = $day"""
# One figure of each sentence, and a sentence that several papers print once. First what most of them print, then what
# somebody gave, then what stands first; a number in words is a small one.
FIGURES = """
    with printed as (
        select
            f.*,
            t.relation,
            replace(replace(f.evidence, '«', ''), '»', '') as words,
            list_position(
                ['official', 'named', 'document', 'media', 'anonymous', 'author'], f.source_type
            ) as source_rank,
            f.kind in ('ordinal', 'duration', 'score') or not regexp_matches(f.figure, '\\d') as is_minor
        from mart.figures f
        left join mart.figure_timeline t using (version_id, quantity)
        where f.day = $day and f.source_type is not null
    ),
    best as (
        select *, count(distinct article_id) over (partition by words) as articles
        from printed
        qualify row_number() over (
            partition by words order by is_minor, source_rank, published_at, version_id, quantity
        ) = 1
    )
    select b.*, a.url
    from best b
    join core.articles a using (version_id)
    order by is_minor, b.articles desc, b.source_type = 'author', b.sentence, b.version_id, b.quantity
    limit $most"""
CONFLICTS = """
    select c.*, a.title, a.url, o.title as other_title, o.url as other_url
    from mart.figure_conflicts c
    join core.articles a on a.version_id = c.version_id
    join core.articles o on o.version_id = c.other_version
    where greatest(c.day, c.other_day) = $day
    order by c.gap desc nulls first, c.series, c.step, c.other_step
    limit $most"""
QUOTES = """
    with said as (
        select
            *,
            list_position(['direct', 'mixed', 'indirect'], kind) as kind_rank,
            length(text) between 40 and 400 as is_fit
        from mart.quotes
        where day = $day and speaker is not null
        qualify row_number() over (partition by text order by published_at, version_id, quote) = 1
    ),
    best as (
        select * from said
        qualify row_number() over (
            partition by speaker order by kind_rank, is_fit desc, version_id, quote
        ) <= 2
    )
    select b.*, a.url
    from best b
    join core.articles a using (version_id)
    order by kind_rank, is_fit desc, b.speaker_id is null, b.version_id, b.quote
    limit $most"""
SILENCES = """
    select s.*, a.url
    from mart.silences s
    join core.articles a using (version_id)
    where s.day = $day
    order by s.speaker, s.version_id, s.silence
    limit $most"""
REJECTS = """
    select reason, count(*) as rejects, min(if(starts_with(source, '/'), parse_filename(source), source)) as example
    from clean.rejects
    where (captured_at at time zone 'UTC')::date = $day
    group by reason
    order by rejects desc, reason
    limit $most"""


class Written(NamedTuple):
    """A brief that was written: its day, its file, and how much the day has."""

    day: date
    path: Path
    counts: dict[str, int]


def newest_days(connection: duckdb.DuckDBPyConnection, most: int = 1) -> list[date]:
    """The newest days that have articles, the newest first."""
    return [day for (day,) in connection.execute(DAYS, [most]).fetchall()]


def brief(connection: duckdb.DuckDBPyConnection, day: date) -> str:
    """A day's figures, conflicts, quotes, silences and rejects as one HTML page; the same rows give the same page."""
    queries = {"figures": FIGURES, "conflicts": CONFLICTS, "quotes": QUOTES, "silences": SILENCES, "rejects": REJECTS}
    found = {name: rows(connection, query, {"day": day, "most": MOST[name]}) for name, query in queries.items()}
    return render("brief.html", date=day, counts=_counts(connection, day), most=MOST, **found).lstrip()


def write(page: str, target: Path) -> None:
    """Put a page in place whole; who reads it meanwhile keeps the old one."""
    target.parent.mkdir(parents=True, exist_ok=True)
    begun = target.with_name(target.name + ".begun")
    begun.write_text(page, encoding="utf-8")
    begun.replace(target)


def write_newest(connection: duckdb.DuckDBPyConnection, folder: Path) -> list[Written]:
    """Write the briefs of the two newest days: what is printed late in a day is captured after its end."""
    return [_written(connection, day, folder / f"{day}.html") for day in newest_days(connection, 2)]


def _written(connection: duckdb.DuckDBPyConnection, day: date, target: Path) -> Written:
    write(brief(connection, day), target)
    return Written(day, target, _counts(connection, day))


def _counts(connection: duckdb.DuckDBPyConnection, day: date) -> dict[str, int]:
    (counts,) = rows(connection, COUNTS, {"day": day})
    return counts
