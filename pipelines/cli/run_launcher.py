"""Dagster's launcher of runs: it forks them from a process that is warm, and knows which of them are dead."""

import os
import signal

import dagster as dg
from dagster._core.launcher import CheckRunHealthResult, LaunchRunContext, WorkerStatus
from dagster._grpc.types import ExecuteRunArgs
from dagster._serdes import ConfigurableClassData

from pipelines.cli.dead_runs import is_dead, process_of, tags_of
from pipelines.cli.run_server import RunServer


class RunLauncher(dg.DefaultRunLauncher):
    """Launches runs from `pipelines.cli.run_server`, on the machine of the daemon, and tells which were killed."""

    supports_check_run_worker_health = True

    def __init__(self, inst_data: ConfigurableClassData | None = None) -> None:
        super().__init__(inst_data)
        self._server = RunServer()

    def launch_run(self, context: LaunchRunContext) -> None:
        """Begin a run, and note in which process."""
        run = context.dagster_run
        if not run.job_code_origin:
            raise dg.DagsterInvariantViolationError(f"run {run.run_id} does not say where its code is")
        arguments = ExecuteRunArgs(
            job_origin=run.job_code_origin,
            run_id=run.run_id,
            instance_ref=self._instance.get_ref(),
            set_exit_code_on_failure=True,
        ).get_command_args()
        process = self._server.begin(arguments[arguments.index("api") :])
        self._instance.add_run_tags(run.run_id, tags_of(process))

    def terminate(self, run_id: str) -> bool:
        """Interrupt a run that is at work on this machine; whether there was one."""
        run = self._instance.get_run_by_id(run_id)
        process = process_of(run) if run and not run.is_finished else None
        if not run or not process:
            return False
        self._instance.report_run_canceling(run)
        os.kill(process, signal.SIGINT)
        return True

    def check_run_worker_health(self, run: dg.DagsterRun) -> CheckRunHealthResult:
        """Whether a started run is at work or dead."""
        if is_dead(run):
            return CheckRunHealthResult(WorkerStatus.NOT_FOUND, "its process was killed")
        return CheckRunHealthResult(WorkerStatus.RUNNING)

    def dispose(self) -> None:
        """Let the server go."""
        self._server.close()
