"""Dagster's event log in SQLite, which by itself makes an engine, and compiles each statement, anew for each event."""

import os
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from threading import get_ident
from typing import Any

import dagster as dg
from dagster._core.storage.event_log import SqliteEventLogStorage
from dagster._core.storage.sqlite import SQLITE_BUSY_TIMEOUT_SECONDS
from dagster._serdes import ConfigurableClassData
from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.pool import NullPool

from pipelines.cli.pools import OneByOne
from pipelines.storage import locked


class EventLog(OneByOne, SqliteEventLogStorage):
    """The same files, with the engines of a few of them kept: each event takes half the time.

    Connections are closed after each statement, as Dagster does it, for other processes write to the same files. Events
    that come together (`DAGSTER_EVENT_BATCH_SIZE`), such as all that a run is going to make, are one transaction.
    """

    _together: "Together | None" = None

    @classmethod
    def config_type(cls) -> dict[str, Any]:
        """Nothing to configure: the files lie where Dagster has them by default."""
        return {}

    @classmethod
    def from_config_value(cls, inst_data: ConfigurableClassData | None, config_value: object) -> "EventLog":  # noqa: ARG003 - Dagster's signature
        """The log in DAGSTER_HOME."""
        return cls(str(Path(os.environ["DAGSTER_HOME"]) / "history" / "runs"), inst_data)

    def alone(self) -> AbstractContextManager[None]:
        """Over all processes of this machine."""
        return locked(Path(self._base_dir))

    def store_event_batch(self, events: Sequence[dg.EventLogEntry]) -> None:
        """Store events, all or none."""
        with self._db_lock, ExitStack() as stack:
            self._together = Together(get_ident(), stack)
            try:
                for event in events:
                    self.store_event(event)
            finally:
                self._together = None

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        together = self._together
        if together is not None and together.thread == get_ident():
            if shard not in together.connections:
                together.connections[shard] = together.stack.enter_context(self._begun(shard))
            yield together.connections[shard]
        else:
            with self._db_lock, self._begun(shard) as connection:
                yield connection

    def _begun(self, shard: str) -> AbstractContextManager[Connection]:
        engine = _engine(self.conn_string_for_shard(shard))
        if shard not in self._initialized_dbs:
            self._initdb(engine)
            self._initialized_dbs.add(shard)
        return engine.begin()


@dataclass
class Together:
    """The transactions of events that are stored together: the thread that has them, and one for each file."""

    thread: int
    stack: ExitStack
    connections: dict[str, Connection] = field(default_factory=dict)


@lru_cache(maxsize=8)
def _engine(address: str) -> Engine:
    """An engine knows the statements that it has compiled; there is a file a run, and one for all."""
    return create_engine(address, poolclass=NullPool, connect_args={"timeout": SQLITE_BUSY_TIMEOUT_SECONDS})
