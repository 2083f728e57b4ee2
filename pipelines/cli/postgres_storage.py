"""Dagster's storage in PostgreSQL, with places in pools that are given away once."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from dagster._serdes import ConfigurableClassData
from dagster_postgres import DagsterPostgresStorage, PostgresEventLogStorage
from dagster_postgres.utils import get_token_provider_from_config, pg_url_from_config
from sqlalchemy import text

from pipelines.cli.pools import OneByOne

if TYPE_CHECKING:
    from dagster_postgres.auth import PgTokenProvider

LOCK = 0x6461_7465  # any number that nothing else in the database takes for an advisory lock


class EventLog(OneByOne, PostgresEventLogStorage):
    """The same tables, with one claim of a place in a pool after the other."""

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Over all machines; the lock goes with its connection."""
        with self.index_connection() as connection:
            connection.execute(text(f"select pg_advisory_lock({LOCK})"))
            try:
                yield
            finally:
                connection.execute(text(f"select pg_advisory_unlock({LOCK})"))


class Storage(DagsterPostgresStorage):
    """Dagster's storage with that event log."""

    def __init__(
        self,
        postgres_url: str,
        should_autocreate_tables: bool = True,  # noqa: FBT001, FBT002 - Dagster's signature
        inst_data: ConfigurableClassData | None = None,
        token_provider: "PgTokenProvider | None" = None,
    ) -> None:
        super().__init__(postgres_url, should_autocreate_tables, inst_data, token_provider)
        self._event_log_storage = EventLog(postgres_url, should_autocreate_tables, token_provider=token_provider)

    @classmethod
    def from_config_value(cls, inst_data: ConfigurableClassData | None, config_value: Mapping[str, Any]) -> "Storage":
        """The storage that dagster.yaml tells of, with the settings of Dagster's own."""
        return cls(
            pg_url_from_config(config_value),
            config_value.get("should_autocreate_tables", True),
            inst_data,
            get_token_provider_from_config(config_value),
        )
