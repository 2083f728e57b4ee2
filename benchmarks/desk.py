"""How long the desk's views take to open in a large warehouse: from the request to the last byte of the page."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median

import duckdb
import httpx
import uvicorn

from benchmarks.measure import Measurement, once
from pipelines.desk.app import application
from pipelines.desk.serve import bound

ARTICLES, FEW = 20, 4  # that are opened


def measure(file: Path) -> Iterator[Measurement]:
    """Times of each view over a warehouse, and of the first article of a generation."""
    with duckdb.connect(str(file), read_only=True) as con:
        versions = _column(con, "select version_id from core.articles order by hash(version_id) limit ?", ARTICLES)
        entities = _column(con, "select entity_id from mart.entities order by articles desc limit ?", FEW)
        figures = _column(
            con, "select version_id || '/' || quantity from mart.figures order by hash(version_id) limit ?", FEW
        )
    link = file.with_name("published.duckdb")
    link.unlink(missing_ok=True)
    link.symlink_to(file.name)
    with _serving(link) as client:
        yield Measurement("desk: first article of a generation", _opened(client, [f"/article/{versions[0]}"]), "ms", "")
        yield Measurement("desk: article", _opened(client, [f"/article/{v}" for v in versions[1:]]), "ms", "<= 300")
        for name, paths in {
            "figures": [f"/figures?q={word}" for word in ("soldiers", "refugees", "children", "vehicles")],
            "one figure": [f"/figure/{figure}" for figure in figures],
            "today": ["/"] * FEW,
            "articles": ["/articles"] * FEW,
            "articles of a word": ["/articles?q=hectares"] * FEW,
            "quotes of a word": ["/quotes?q=hectares"] * FEW,
            "quotes of a word that nobody said": ["/quotes?q=nonesuch"] * FEW,
            "people": ["/people"] * FEW,
            "people of a name": ["/people?q=agency"] * FEW,
            "profile": [f"/entity/{entity}" for entity in entities],
            "places": ["/places"] * FEW,
            "decisions": ["/decisions"] * FEW,
            "SQL": ["/sql"] * FEW,
        }.items():
            yield Measurement(f"desk: {name}", _opened(client, paths), "ms", "<= 1000")


def _column(con: duckdb.DuckDBPyConnection, query: str, most: int) -> list[str]:
    return [value for (value,) in con.execute(query, [most]).fetchall()]


def _opened(client: httpx.Client, paths: Sequence[str]) -> float:
    """Median milliseconds."""
    return 1000 * median(once(partial(client.get, path)) for path in paths)


@contextmanager
def _serving(published: Path) -> Iterator[httpx.Client]:
    at = bound(0)
    server = uvicorn.Server(uvicorn.Config(application(published), log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [at]})
    thread.start()
    try:
        hooks = {"response": [httpx.Response.raise_for_status]}
        address = "http://{}:{}".format(*at.getsockname())
        with httpx.Client(base_url=address, timeout=120, event_hooks=hooks) as client:
            yield client
    finally:
        server.should_exit = True
        thread.join()
