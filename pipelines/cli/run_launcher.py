"""Dagster's launcher of runs, which by itself cannot tell whether a run's process is still there."""

import dagster as dg
from dagster._core.launcher import CheckRunHealthResult, WorkerStatus

from pipelines.cli.dead_runs import is_dead


class RunLauncher(dg.DefaultRunLauncher):
    """Launches runs as Dagster does by default, and tells its monitor which of them were killed."""

    supports_check_run_worker_health = True

    def check_run_worker_health(self, run: dg.DagsterRun) -> CheckRunHealthResult:
        """Whether a started run is at work or dead."""
        if is_dead(run):
            return CheckRunHealthResult(WorkerStatus.NOT_FOUND, "its process was killed")
        return CheckRunHealthResult(WorkerStatus.RUNNING)
