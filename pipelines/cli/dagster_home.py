"""Dagster's own folder: its instance lives in the data folder, with telemetry off."""

import os
from pathlib import Path

from pipelines.settings import settings

# No letter to its makers, and no window that asks for one (nux).
# Pools: only one step writes the warehouse at a time, over all runs. A run that outlives an hour is a dead one.
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
run_retries:
  enabled: true
  max_retries: 1
run_monitoring:
  enabled: true
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
