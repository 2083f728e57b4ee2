"""The newest generation, kept open between requests."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

import duckdb

from pipelines import warehouse


class Newest:
    """Readings of the published warehouse: each sees one generation whole, and the newest there is when it begins."""

    def __init__(self, published: Path) -> None:
        self._published = published
        self._lock = Lock()
        self._key: tuple[Path, int] | None = None
        self._connection: duckdb.DuckDBPyConnection | None = None

    @contextmanager
    def reading(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor on the newest generation, read-only.

        Raises:
            NotPublishedError: nothing is published yet.
            WarehouseError: the published file cannot be read.
        """
        cursor = self._open().cursor()
        try:
            yield cursor
        finally:
            cursor.close()

    def _open(self) -> duckdb.DuckDBPyConnection:
        with self._lock:
            path = warehouse.generation_of(self._published)
            key = (path, path.stat().st_ino) if path.exists() else None
            if self._connection is None or key != self._key:
                self._connection = None  # cursors still at work keep the old one until they are closed
                self._connection = warehouse.connect(self._published)
                self._key = key
            return self._connection
