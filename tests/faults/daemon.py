"""`python -m tests.faults.daemon DAY` launches a run of that day as Dagster's daemon does, prints its id, and stays."""

import sys
import time

import dagster as dg
from dagster._core.test_utils import create_run_for_test
from dagster._core.workspace.context import WorkspaceProcessContext
from dagster._core.workspace.load_target import WorkspaceFileTarget

from pipelines.cli.dagster_home import prepare
from pipelines.settings import PROJECT

JOB = "refresh"
LAUNCHED = "launched"  # before the id, for Dagster prints as well


def launch(instance: dg.DagsterInstance, context: WorkspaceProcessContext, day: str) -> str:
    """Begin a run, as the schedule does."""
    location = context.create_request_context().get_code_location("dateline")
    (repository,) = location.get_repositories().values()
    job = repository.get_full_job(JOB)
    run: dg.DagsterRun = create_run_for_test(
        instance,
        JOB,
        tags={"dagster/partition": day},
        remote_job_origin=job.get_remote_origin(),
        job_code_origin=job.get_python_origin(),
        run_config={"ops": {"captures": {"config": {"fetch": False}}}},
    )
    instance.launch_run(run.run_id, context.create_request_context())
    return run.run_id


def main(day: str) -> None:
    """Launch, print, stay."""
    prepare()
    with (
        dg.DagsterInstance.get() as instance,
        WorkspaceProcessContext(instance, WorkspaceFileTarget([str(PROJECT / "workspace.yaml")])) as context,
    ):
        print(LAUNCHED, launch(instance, context, day), flush=True)
        time.sleep(600)


if __name__ == "__main__":
    main(sys.argv[1])
