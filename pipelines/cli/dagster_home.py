"""Dagster's own folder: its instance lives in the data folder, with telemetry off."""

import os
from pathlib import Path

from pipelines.settings import settings

# Pools: only one step writes the warehouse at a time, over all runs. The monitor asks the launcher which runs were
# killed; one that outlives an hour is taken for dead as well.
INSTANCE = """\
telemetry:
  enabled: false
concurrency:
  pools:
    default_limit: 1
  runs:
    max_concurrent_runs: 2
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


def prepare() -> Path:
    """Make DAGSTER_HOME, unless the user has set his own, and point this process at it."""
    given = os.environ.get("DAGSTER_HOME")
    home = Path(given) if given else settings().data.resolve() / "dagster"
    home.mkdir(parents=True, exist_ok=True)
    config = home / "dagster.yaml"
    if not config.exists():
        config.write_text(INSTANCE)
    os.environ["DAGSTER_HOME"] = str(home)
    return home
