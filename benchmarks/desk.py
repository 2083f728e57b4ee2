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

ARTICLES = 20  # that are opened


def measure(file: Path) -> Iterator[Measurement]:
    """Times of the article and the figures view over a warehouse, and of the first request of a generation."""
    with duckdb.connect(str(file), read_only=True) as con:
        query = "select version_id from core.articles order by hash(version_id) limit ?"
        versions = [version for (version,) in con.execute(query, [ARTICLES]).fetchall()]
    link = file.with_name("published.duckdb")
    link.symlink_to(file.name)
    with _serving(link) as client:
        yield Measurement("desk: first article of a generation", _opened(client, [f"/article/{versions[0]}"]), "ms", "")
        yield Measurement("desk: article", _opened(client, [f"/article/{v}" for v in versions[1:]]), "ms", "<= 300")
        words = ("soldiers", "refugees", "children", "vehicles")
        yield Measurement("desk: figures", _opened(client, [f"/figures?q={word}" for word in words]), "ms", "<= 1000")
        yield Measurement("desk: today", _opened(client, ["/"] * 3), "ms", "")
        yield Measurement("desk: quotes of a word", _opened(client, ["/quotes?q=hectares"] * 3), "ms", "")


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
        with httpx.Client(base_url="http://{}:{}".format(*at.getsockname()), timeout=120) as client:
            yield client
    finally:
        server.should_exit = True
        thread.join()
