"""Dagster's instance: its folder lies in the data folder, its runs there or in PostgreSQL; telemetry is off."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.cli.app import give_up
from pipelines.settings import settings
from pipelines.storage import locked

if TYPE_CHECKING:
    import dagster as dg

URL = "DATELINE_POSTGRES_URL"

# No letter to its makers, and no window that asks for one (nux).
# Pools: only one step writes the warehouse at a time, over all runs. The monitor asks the launcher which runs were
# killed; one that outlives an hour is taken for dead as well.
INSTANCE = """\
telemetry:
  enabled: false
nux:
  enabled: false
concurrency:
  pools:
    default_limit: 1
  runs:
    max_concurrent_runs: 2
run_coordinator:
  module: dagster.core.run_coordinator
  class: QueuedRunCoordinator
  config:
    dequeue_interval_seconds: 1
run_retries:
  enabled: true
  max_retries: 1
run_launcher:
  module: pipelines.cli.run_launcher
  class: RunLauncher
run_monitoring:
  enabled: true
  poll_interval_seconds: 20
  max_runtime_seconds: 3600
  free_slots_after_run_end_seconds: 60
"""
SQLITE = """\
event_log_storage:
  module: pipelines.cli.event_log
  class: EventLog
"""
POSTGRES = f"""\
storage:
  custom:
    module: pipelines.cli.postgres_storage
    class: Storage
    config:
      postgres_url:
        env: {URL}
"""


def prepare() -> Path:
    """Make DAGSTER_HOME, unless the user has set his own, and point this process at it.

    A dagster.yaml that is not as it was written here is the user's own, and stays as it is.
    """
    given = os.environ.get("DAGSTER_HOME")
    home = Path(given) if given else settings().data.resolve() / "dagster"
    home.mkdir(parents=True, exist_ok=True)
    with locked(home):
        _configure(home / "dagster.yaml", settings().postgres_url)
    os.environ["DAGSTER_HOME"] = str(home)
    os.environ.setdefault("DAGSTER_EVENT_BATCH_SIZE", "1000")  # see pipelines.cli.event_log
    return home


def _configure(config: Path, url: str | None) -> None:
    if url:
        if not find_spec("dagster_postgres"):
            give_up(f'{URL} needs dagster-postgres: pip install -e ".[cluster]"', 2)
        # SQLAlchemy 2.1 would take another driver than the one that dagster-postgres brings
        os.environ[URL] = url.replace("postgresql://", "postgresql+psycopg2://")
    wanted = INSTANCE + (POSTGRES if url else SQLITE)
    there = config.read_text() if config.exists() else ""
    if there in ("", INSTANCE + SQLITE, INSTANCE + POSTGRES):
        beside = config.with_name(f".{config.name}")
        beside.write_text(wanted)
        beside.replace(config)
    elif url and URL not in there:
        give_up(f"{config} is your own and does not name {URL}: add\n\n{POSTGRES}", 2)


@contextmanager
def instance() -> "Iterator[dg.DagsterInstance]":
    """Dagster's instance, ready; the command ends with what is wrong if its database cannot be used."""
    home = prepare()
    import dagster as dg

    try:
        with locked(home):  # Dagster makes its tables in SQLite as if nobody else did
            found = dg.DagsterInstance.get()
    except Exception as error:
        if not settings().postgres_url:
            raise
        give_up(f"the database of {URL} cannot be used: {str(error.__cause__ or error).partition(chr(10))[0]}")
    with found:
        yield found
