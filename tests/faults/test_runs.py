"""Whole runs, of Dagster and of the command, that are killed or meet: nothing works on, nothing shows as started."""

import logging
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier

import dagster as dg
import pytest
from dagster._core.workspace.context import WorkspaceProcessContext
from dagster._core.workspace.load_target import EmptyWorkspaceTarget
from dagster._daemon.monitoring.run_monitoring import execute_run_monitoring_iteration
from typer.testing import CliRunner

from pipelines.cli import app, dagster_home
from pipelines.cli.dagster_home import prepare
from pipelines.cli.dead_runs import process_of
from pipelines.lake import Lake
from tests.conftest import keeping
from tests.faults.daemon import LAUNCHED
from tests.pipeline.test_refresh import DATELINE, content, day_of, environment, shards

INTERRUPTED = 128 + signal.SIGINT  # what shells say of such a process


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


def until(
    what: Callable[[], bool],
    process: "subprocess.Popen[bytes] | subprocess.Popen[str] | None" = None,
    seconds: float = 300,
) -> None:
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


def test_a_run_of_the_command_ends_with_ctrl_c_and_no_step_begins_anew(data: Path, examples: Path) -> None:
    ended = subprocess.Popen([DATELINE, "run"], env=environment(data), stderr=subprocess.DEVNULL)
    until(lambda: published_half(data), ended)
    ended.send_signal(signal.SIGINT)
    assert ended.wait() == INTERRUPTED
    assert not (data / "warehouse/warehouse.duckdb").is_symlink()
    run_again(data, examples)


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


def test_as_many_as_come_at_once_open_the_instance_that_the_first_of_them_makes(tmp_path: Path) -> None:
    together = Barrier(6, timeout=60)  # where one fails, the others do not wait for it

    def runs_in_it(_: int) -> int:
        together.wait()
        with dagster_home.instance() as runs:
            return len(runs.get_runs())

    for turn in range(3):
        with keeping(tmp_path / str(turn)) as data, ThreadPoolExecutor(6) as threads:
            assert not any(threads.map(runs_in_it, range(6)))
            assert (data / "dagster/history/runs.db").exists()


@contextmanager
def launched(data: Path) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """A process in a session of its own that has launched a run as Dagster's daemon does, and the run."""
    program = [sys.executable, "-m", "tests.faults.daemon", day_of(data)]
    with subprocess.Popen(
        program,
        env=environment(data),
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as daemon:
        try:
            assert daemon.stdout
            yield daemon, next(line.split()[1] for line in daemon.stdout if line.startswith(LAUNCHED))
        finally:
            for process in processes(daemon.pid):
                os.kill(process, signal.SIGKILL)


def of_runs(session: int) -> list[int]:
    """The server of runs in a session, and all that was forked from it: runs and their workers."""
    return [p for p in processes(session) if "pipelines.cli.run_server" in Path(f"/proc/{p}/cmdline").read_text()]


@pytest.fixture
def instance(data: Path) -> Iterator[dg.DagsterInstance]:
    """Dagster's instance over the data."""
    assert prepare() == data / "dagster"
    with dg.DagsterInstance.get() as found:
        yield found


def look(instance: dg.DagsterInstance) -> None:
    """Let Dagster's monitor look once at each run."""
    with WorkspaceProcessContext(instance, EmptyWorkspaceTarget()) as context:
        list(execute_run_monitoring_iteration(context, logging.getLogger()))


def run_of(instance: dg.DagsterInstance, run_id: str) -> dg.DagsterRun:
    """A run as it stands now."""
    run = instance.get_run_by_id(run_id)
    assert run
    return run


def test_runs_of_dagster_whose_process_is_killed_end_and_no_second_writer_is_at_work(
    data: Path, examples: Path, instance: dg.DagsterInstance
) -> None:
    with launched(data) as (daemon, run):
        until(lambda: cleaned(data), daemon)
        process = process_of(run_of(instance, run))
        assert process
        os.kill(process, signal.SIGKILL)
        until(lambda: not process_of(run_of(instance, run)), daemon)
        look(instance)
        assert run_of(instance, run).status == dg.DagsterRunStatus.FAILURE
        until(lambda: len(of_runs(daemon.pid)) == 1, daemon)
    with launched(data) as (daemon, run):
        until(lambda: run_of(instance, run).status == dg.DagsterRunStatus.STARTED, daemon)
        look(instance)
        assert run_of(instance, run).status == dg.DagsterRunStatus.STARTED
        daemon.kill()
        until(lambda: not of_runs(daemon.pid))
        assert run_of(instance, run).status == dg.DagsterRunStatus.STARTED
        look(instance)
        assert run_of(instance, run).status == dg.DagsterRunStatus.FAILURE
    run_again(data, examples)


@pytest.mark.parametrize("point", [cleaned, published_half])
def test_a_run_of_dagster_can_be_ended_from_the_ui_and_no_step_begins_anew(
    point: Callable[[Path], bool], data: Path, examples: Path, instance: dg.DagsterInstance
) -> None:
    with launched(data) as (daemon, run):
        until(lambda: point(data), daemon)
        assert instance.run_launcher.terminate(run)
        until(lambda: run_of(instance, run).is_finished, daemon)
        assert run_of(instance, run).status == dg.DagsterRunStatus.CANCELED
        assert not instance.all_logs(run, of_type=dg.DagsterEventType.STEP_UP_FOR_RETRY)
        until(lambda: len(of_runs(daemon.pid)) == 1, daemon)
        assert not instance.run_launcher.terminate(run)
    run_again(data, examples)
