"""Warehouses in memory, filled with typed rows."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import duckdb
import pytest

from tests.world import Rows, in_memory

Filled = Callable[..., duckdb.DuckDBPyConnection]


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Filled]:
    """Rows in, a warehouse out that has all models, macros and the search index."""
    with ExitStack() as stack:

        def fill(*parts: Rows) -> duckdb.DuckDBPyConnection:
            return stack.enter_context(in_memory(tmp_path, *parts))

        yield fill
