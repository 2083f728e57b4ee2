"""A large warehouse, made up: how long queries and the desk's pages take in it, and what another day of news costs."""

import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import duckdb

from benchmarks import desk
from benchmarks.measure import Measurement
from pipelines import models, reference
from pipelines.build import build
from pipelines.settings import PROJECT
from pipelines.warehouse import create, load_fts, open_for_writing, transaction

ARTICLES = int(os.environ.get("BENCH_ARTICLES", "20000"))
DAYS = 50  # of news, of which one is added to the others
PART = 20_000  # articles that are made at once
MADE = (Path(__file__).parent / "scale.sql").read_text(encoding="utf-8")


def measure(articles: int = ARTICLES) -> Iterator[Measurement]:
    """Times of the models and of the cookbook's queries in a warehouse of so many articles, and of a day's more."""
    project = models.load(PROJECT / "sql")
    day = articles // DAYS
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "large.duckdb"
        with open_for_writing(file, file.with_suffix(".tmp"), "8GB") as con:
            con.execute("set enable_progress_bar = false; set threads = 2")
            everything = create(con)
            reference.fill(con)
            with transaction(con):
                _add(con, 0, articles)
                whole = _build(con, project, everything, [])
            with transaction(con):
                fresh = _add(con, articles, articles + day)
                more = _build(con, project, everything, fresh)
            con.execute("checkpoint")
        yield Measurement(f"models of {articles:,} articles", whole, "s", "")
        yield Measurement(f"models with {day:,} articles more", more, "s", "")
        yield Measurement(f"warehouse of {articles:,} articles", file.stat().st_size / 2**20, "MB", "")
        yield from _queries(file, project)
        yield from desk.measure(file)


def _add(con: duckdb.DuckDBPyConnection, first: int, last: int) -> list[str]:
    """Put articles into the tables that the lake is loaded into; gives their shards."""
    known = {path for (path,) in con.execute("select path from meta.shards").fetchall()}
    for start in range(first, last, PART):
        con.execute(f"set variable first = {start}; set variable last = {min(start + PART, last)}")
        con.execute(MADE)
    return [path for (path,) in con.execute("select path from meta.shards").fetchall() if path not in known]


def _build(con: duckdb.DuckDBPyConnection, project: models.Project, touched: frozenset[str], fresh: list[str]) -> float:
    begin = time.perf_counter()
    build(con, project, touched, fresh)
    return time.perf_counter() - begin


def _queries(file: Path, project: models.Project) -> Iterator[Measurement]:
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
