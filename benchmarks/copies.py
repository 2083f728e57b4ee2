"""How long a day of news takes to be grouped with the copies among a million earlier articles, with made-up prints."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb

from benchmarks.measure import Measurement
from pipelines import models
from pipelines.build import build_model
from pipelines.settings import PROJECT
from pipelines.warehouse import create

ARTICLES, DAYS = 20_000, 51
MODELS = ("core/shared_text", "core/same_article", "core/copies")
# Samples of 55 runs in the middle (440 words), three in ten articles a copy that keeps 30 to 100 % of one of a few
# stories of its hour, and two fixed runs of each of 2,000 papers.
DAY = """
insert into clean.articles by name
with drawn as (
    select
        i,
        greatest(8, (exp(ln(55) + 0.6 * sqrt(-2 * ln((1 + hash(i, 'u') % 100000) / 100001))
            * cos(2 * pi() * (hash(i, 'v') % 100000) / 100000)))::int) as size,
        if(hash(i, 'copy') % 10 < 3, (i // 40) * 40 + hash(i, 'which') % 8, i) as story,
        30 + hash(i, 'kept') % 71 as kept,
        hash(i, 'paper') % 2000 as paper
    from range($1, $2) t(i)
)
select
    printf('%032d', i) as capture_id,
    printf('a%023d', i) as article_id,
    printf('v%023d', i) as version_id,
    [] as authors,
    'Paper ' || paper as publisher,
    'none' as zone,
    'Title ' || i as title,
    '' as text,
    [] as flags,
    date '2026-01-01' + (i // 20000)::int as published_day,
    size * 8 as words,
    list_distinct(
        list_transform(range((size * kept // 100)::bigint), lambda k: (hash(story, k) >> 3)::bigint)
        || list_transform(range((size - size * kept // 100)::bigint), lambda k: (hash(i, 'own', k) >> 3)::bigint)
        || list_transform(range(2), lambda k: (hash(paper, 'fixed', k) >> 3)::bigint)
    ) as fingerprint,
    timestamptz '2026-01-01 00:00:00+00' + interval (4 * i) second as captured_at,
    'utf-8' as encoding,
    '1' as cleaner_version,
    'shard ' || (i // 500) as shard
from drawn
"""

# The pairs of the days before: articles of one story.
EARLIER = """
insert into core.shared_text
with numbered as (
    select version_id, fingerprint, substr(version_id, 2)::bigint as i from clean.articles
),
storied as (
    select *, if(hash(i, 'copy') % 10 < 3, (i // 40) * 40 + hash(i, 'which') % 8, i) as story from numbered
)
select
    l.version_id,
    e.version_id,
    len(list_intersect(l.fingerprint, e.fingerprint)) as shared,
    shared / least(len(l.fingerprint), len(e.fingerprint)) as share,
    shared / greatest(len(l.fingerprint), len(e.fingerprint))
from storied l
join storied e on e.story = l.story and e.i < l.i
where shared >= 3 and share >= 0.3
"""


def measure() -> Iterator[Measurement]:
    """Seconds in which pairs and groups are brought up to date with the day's articles; the earlier ones are there."""
    built = {model.key: model for model in models.load(PROJECT / "sql").models}
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(Path(folder) / "copies.duckdb") as con:
        con.execute("set enable_progress_bar = false; set threads = 2; set memory_limit = '2GB'")
        create(con)
        build_model(con, built["core/shared_text"])
        for day in range(DAYS - 1):
            _load(con, day)
        con.execute(EARLIER)
        fresh = _load(con, DAYS - 1)
        build_model(con, built["core/same_article"])
        build_model(con, built["core/articles"])
        begin = time.perf_counter()
        for key in MODELS:
            build_model(con, built[key], fresh if built[key].kind == "incremental" else None)
        took = time.perf_counter() - begin
        (groups,) = con.execute("select count(distinct copy_group) from core.copies").fetchone() or (0,)
    earlier = ARTICLES * (DAYS - 1)
    yield Measurement(f"grouping {ARTICLES:,} articles with {earlier:,} in {groups:,} groups", took, "s", "<= 60")


def _load(con: duckdb.DuckDBPyConnection, day: int) -> list[str]:
    """A day's articles, in shards of 500; gives the shards."""
    first, end = day * ARTICLES, (day + 1) * ARTICLES
    con.execute(DAY, [first, end])
    shards = [f"shard {number}" for number in range(first // 500, end // 500)]
    con.execute(
        """insert into meta.shards ("table", day, path)
        select 'clean/articles', date '2026-01-01' + $1::int, unnest($2)""",
        [day, shards],
    )
    return shards
