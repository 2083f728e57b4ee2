"""Dagster's launcher of runs, which by itself cannot tell whether a run's process is still there."""

import dagster as dg
from dagster._core.launcher import CheckRunHealthResult, LaunchRunContext, WorkerStatus

from pipelines.cli.dead_runs import is_dead, this_machine


class RunLauncher(dg.DefaultRunLauncher):
    """Launches runs as Dagster does by default, and tells its monitor which of them were killed."""

    supports_check_run_worker_health = True

    def launch_run(self, context: LaunchRunContext) -> None:
        """Launch a run, and note on which machine."""
        self._instance.add_run_tags(context.dagster_run.run_id, this_machine())
        super().launch_run(context)

    def check_run_worker_health(self, run: dg.DagsterRun) -> CheckRunHealthResult:
        """Whether a started run is at work or dead."""
        if is_dead(run):
            return CheckRunHealthResult(WorkerStatus.NOT_FOUND, "its process was killed")
        return CheckRunHealthResult(WorkerStatus.RUNNING)
