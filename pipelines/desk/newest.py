"""The newest generation, kept open between requests."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

import duckdb

from pipelines import warehouse
from pipelines.reading import KINDS, rows

Places = Mapping[str, tuple[int, int]]


class Reading(NamedTuple):
    """One generation as a request sees it: a cursor of its own, read-only, and what tells where facts lie."""

    connection: duckdb.DuckDBPyConnection
    places: Callable[[], Places]

    def rows(self, query: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> list[dict[str, Any]]:
        """The rows of a query, each a mapping by column."""
        return rows(self.connection, query, parameters)


class Newest:
    """Readings of the published warehouse: each sees one generation whole, and the newest there is when it begins."""

    def __init__(self, published: Path) -> None:
        self._published = published
        self._lock = Lock()
        self._file: tuple[Path, int] | None = None
        self._opened: Reading | None = None

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """The newest generation.

        Raises:
            NotPublishedError: nothing is published yet.
            WarehouseError: the published file cannot be read.
        """
        opened = self._open()
        cursor = opened.connection.cursor()
        try:
            yield opened._replace(connection=cursor)
        finally:
            cursor.close()

    def _open(self) -> Reading:
        with self._lock:
            path = warehouse.generation_of(self._published)
            file = (path, path.stat().st_ino) if path.exists() else None
            if self._opened is None or file != self._file:
                self._opened = None  # cursors still at work keep the old one until they are closed
                connection = warehouse.connect(self._published)
                self._opened = Reading(connection, cache(lambda: fact_places(connection.cursor())))
                self._file = file
            return self._opened


def fact_places(connection: duckdb.DuckDBPyConnection) -> Places:
    """The first and last row of each shard's facts, by the shard's path: a file that nobody writes keeps its rows.

    The ids of articles are hashes, by which a table of facts cannot be narrowed down; by rows it can.
    """
    query = " union all ".join(
        f"select shard, min(rowid) as first, max(rowid) as last from facts.{kind} group by shard"  # noqa: S608  # names of ours
        for kind in KINDS
    )
    return {shard: (first, last) for shard, first, last in connection.execute(query).fetchall()}
