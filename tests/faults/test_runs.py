"""Whole runs, of Dagster and of the command, that are killed or meet: nothing works on, nothing shows as started."""

import logging
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.test_utils import create_run_for_test
from dagster._core.workspace.context import WorkspaceProcessContext
from dagster._core.workspace.load_target import GrpcServerTarget
from dagster._daemon.monitoring.run_monitoring import execute_run_monitoring_iteration
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.cli.dagster_home import prepare
from pipelines.lake import Lake
from tests.conftest import keeping
from tests.pipeline.test_refresh import DATELINE, content, day_of, environment, shards

JOB = "refresh"


@pytest.fixture
def data(captured: Path, tmp_path: Path) -> Iterator[Path]:
    """The examples captured, and nothing else done."""
    with keeping(tmp_path / "data") as folder:
        shutil.copytree(captured, folder)
        yield folder


def cleaned(data: Path) -> bool:
    """Whether a run has come to extraction."""
    return (data / "lake/_commits/000000002.json").exists()


def published_half(data: Path) -> bool:
    """Whether a run is building the warehouse."""
    return (data / "warehouse/.building").exists()


def until(what: Callable[[], bool], process: "subprocess.Popen[bytes] | None" = None, seconds: float = 300) -> None:
    """Wait until something is so, while a process goes on."""
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline
        assert process is None or process.poll() is None
        time.sleep(0.005)


def processes(session: int) -> list[int]:
    """The processes of a session that have not ended, but for the trackers that Python has beside them."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            tracks = "resource_tracker" in (entry / "cmdline").read_text()
        except OSError:
            continue
        if int(fields[3]) == session and fields[0] != "Z" and not tracks:
            found.append(int(entry.name))
    return found


def run_again(data: Path, examples: Path) -> None:
    """A run from here gives what an undisturbed one does."""
    again = CliRunner().invoke(app, ["run"])
    assert again.exit_code == 0, again.stderr
    assert shards(data) == shards(examples)
    assert content(data) == content(examples)
    assert Lake(data / "lake").verify() == []


def test_a_run_of_the_command_that_is_killed_leaves_no_worker_and_is_made_up_for(data: Path, examples: Path) -> None:
    killed = subprocess.Popen([DATELINE, "run"], env=environment(data), start_new_session=True)
    until(lambda: published_half(data), killed)
    killed.kill()
    assert killed.wait() == -signal.SIGKILL
    assert not (data / "warehouse/warehouse.duckdb").is_symlink()
    run_again(data, examples)
    until(lambda: not processes(killed.pid))


def test_two_runs_at_once_both_end_well(data: Path, examples: Path) -> None:
    both = [
        subprocess.Popen([DATELINE, "run"], env=environment(data), stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
        for _ in range(2)
    ]
    for one in both:
        assert one.communicate()[1] == b""
        assert one.returncode == 0
    assert shards(data) == shards(examples)
    assert content(data) == content(examples)


@contextmanager
def code_server(data: Path, socket: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """A code server as `dateline up` has one, in a session of its own."""
    arguments = ["api", "grpc", "--socket", str(socket), "--module-name", "pipelines.definitions"]
    program = [str(Path(sys.executable).with_name("dagster")), *arguments, "--location-name", "dateline"]
    with subprocess.Popen(program, env=environment(data), start_new_session=True, stderr=subprocess.DEVNULL) as server:
        try:
            until(socket.exists, server)
            yield server
        finally:
            for process in processes(server.pid):
                os.kill(process, signal.SIGKILL)


def launch(instance: dg.DagsterInstance, context: WorkspaceProcessContext, day: str) -> str:
    """Let the code server begin a run, as the schedule does."""
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


def worker_of(server: int) -> int:
    """The process of the run that a code server has begun."""
    children = [c for task in Path(f"/proc/{server}/task").iterdir() for c in (task / "children").read_text().split()]
    commands = {int(c): Path(f"/proc/{c}/cmdline").read_text() for c in children}
    (worker,) = [c for c, command in commands.items() if "spawn_main" in command]
    return worker


def test_runs_of_dagster_whose_process_is_killed_end_and_no_second_writer_is_at_work(
    data: Path, examples: Path, tmp_path: Path
) -> None:
    prepare()
    with dg.DagsterInstance.get() as instance:

        def status(run: str) -> dg.DagsterRunStatus:
            found = instance.get_run_by_id(run)
            assert found
            return found.status

        with code_server(data, tmp_path / "first") as server:
            target = GrpcServerTarget(
                host="localhost", port=None, socket=str(tmp_path / "first"), location_name="dateline"
            )
            with WorkspaceProcessContext(instance, target) as context:
                run = launch(instance, context, day_of(data))
                until(lambda: cleaned(data), server)
                os.kill(worker_of(server.pid), signal.SIGKILL)
                until(lambda: status(run) == dg.DagsterRunStatus.FAILURE, server)
                until(lambda: processes(server.pid) == [server.pid])

                run = launch(instance, context, day_of(data))
                until(lambda: status(run) == dg.DagsterRunStatus.STARTED, server)
                list(execute_run_monitoring_iteration(context, logging.getLogger()))
                assert status(run) == dg.DagsterRunStatus.STARTED
                server.kill()
                until(lambda: not processes(server.pid))
                assert status(run) == dg.DagsterRunStatus.STARTED
                list(execute_run_monitoring_iteration(context, logging.getLogger()))
                assert status(run) == dg.DagsterRunStatus.FAILURE
    run_again(data, examples)
