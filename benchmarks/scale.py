"""A large warehouse, made up: how long queries and the desk's pages take in it, and what another day of news costs."""

import os
import tempfile
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from statistics import median

import duckdb

from benchmarks import desk
from benchmarks.measure import Measurement
from pipelines import models, reference
from pipelines.build import build
from pipelines.settings import PROJECT
from pipelines.slices import touch
from pipelines.warehouse import create, load_fts, open_for_writing, transaction

ARTICLES = int(os.environ.get("BENCH_ARTICLES", "20000"))
KEPT = os.environ.get("BENCH_FILE")  # where the warehouse is kept; else it is thrown away
TOLD = 0.02  # share of a build's processor time from which on a step is told
DAYS = 50  # of news, of which one is added to the others
FILLED = frozenset({"raw/captures", "clean/articles", "meta/shards"} | {f"facts/{name}" for name in (
    "sentences", "mentions", "roles", "quantities", "times", "quotes", "claims"
)})  # fmt: skip
SHARD = 500  # articles, as in scale.sql
PART = 20_000  # articles that are made at once
MADE = (Path(__file__).parent / "scale.sql").read_text(encoding="utf-8")


def measure(articles: int = ARTICLES) -> Iterator[Measurement]:
    """Times of the models and of the cookbook's queries in a warehouse of so many articles, and of a day's more."""
    project = models.load(PROJECT / "sql")
    day = articles // DAYS
    with tempfile.TemporaryDirectory() as folder:
        file = Path(KEPT or Path(folder) / "large.duckdb")
        with open_for_writing(file, file.with_suffix(".tmp"), "8GB") as con:
            con.execute("set enable_progress_bar = false; set threads = 2")
            everything = create(con)
            reference.fill(con)
            with transaction(con):
                _add(con, 0, articles)
                yield from _built(f"models of {articles:,} articles", con, project, everything, [])
            for more in (day, 10):
                first = _next_shard(con)
                with transaction(con):
                    fresh = _add(con, first, first + more)
                    yield from _built(f"models with {more:,} articles more", con, project, FILLED, fresh)
            con.execute("checkpoint")
        yield Measurement(f"warehouse of {articles:,} articles", file.stat().st_size / 2**20, "MB", "")
        yield Measurement("largest memory", getrusage(RUSAGE_SELF).ru_maxrss / 1024, "MB", "")
        yield from queries(file, project)
        yield from desk.measure(file)


def _add(con: duckdb.DuckDBPyConnection, first: int, last: int) -> list[str]:
    """Put articles into the tables that the lake is loaded into, as loading does; gives their shards."""
    con.execute("delete from meta.touched")
    known = {path for (path,) in con.execute("select path from meta.shards").fetchall()}
    con.execute(f"set variable added = {first}")
    for start in range(first, last, PART):
        con.execute(f"set variable first = {start}; set variable last = {min(start + PART, last)}")
        con.execute(MADE)
    touch(con, "select version_id from clean.articles where captured_at >= captured(getvariable('added'))")
    return [path for (path,) in con.execute("select path from meta.shards").fetchall() if path not in known]


def _next_shard(con: duckdb.DuckDBPyConnection) -> int:
    """Number of the first article of a shard that is not there yet."""
    (last,) = con.execute("select max(shard::integer) from meta.shards").fetchone() or (0,)
    return int(SHARD * (last + 1))


def _built(
    name: str, con: duckdb.DuckDBPyConnection, project: models.Project, touched: frozenset[str], fresh: list[str]
) -> Iterator[Measurement]:
    """Processor time of a build, and of the steps that take much of it."""
    behind = [("", time.process_time())]
    build(con, project, touched, fresh, lambda step: behind.append((step, time.process_time())))
    whole = behind[-1][1] - behind[0][1]
    yield Measurement(name, whole, "s CPU", "")
    for (_, begin), (step, end) in pairwise(behind):
        if end - begin > TOLD * whole:
            yield Measurement(f"  {step}", end - begin, "s CPU", "")


def queries(file: Path, project: models.Project) -> Iterator[Measurement]:
    """Times of the cookbook's queries, each run before."""
    took: dict[str, float] = {}
    with duckdb.connect(str(file), read_only=True) as con:
        load_fts(con)
        con.execute("set enable_progress_bar = false; set threads = 2; set memory_limit = '8GB'; set TimeZone = 'UTC'")
        for question in project.cookbook:
            con.execute(question.query).fetchall()
            begin = time.perf_counter()
            con.execute(question.query).fetchall()
            took[question.name] = (time.perf_counter() - begin) * 1000
    slowest = max(took, key=lambda name: took[name])
    yield Measurement("cookbook query, median", median(took.values()), "ms", "<= 100")
    yield Measurement(f"cookbook query, slowest ({slowest})", took[slowest], "ms", "<= 1000")
