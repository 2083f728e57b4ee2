"""Dagster's instance in PostgreSQL, a real server, shared by two commands that run at once."""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from socket import gethostname
from threading import Barrier

import dagster as dg
import pytest
from dagster._core.utils import make_new_run_id
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.cli.dagster_home import INSTANCE, POSTGRES, instance
from pipelines.cli.dead_runs import HOST, PROCESS, bury
from pipelines.definitions import defs
from pipelines.settings import settings

DATELINE = Path(sys.executable).with_name("dateline")
MANY = 6  # as many as come at once
DAY = datetime.now(UTC).date().isoformat()


def programs() -> Path:
    """Where the server's programs are; without them there is nothing to test, but CI has to have them."""
    on_path = [Path(found).resolve().parent] if (found := shutil.which("initdb")) else []
    for folder in (*on_path, *Path("/usr/lib/postgresql").glob("*/bin")):
        if (folder / "pg_ctl").exists():
            return folder
    missing = "there is no PostgreSQL server here: apt-get install postgresql"
    if os.environ.get("CI"):
        pytest.fail(missing)
    pytest.skip(missing)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of an empty database, on a socket in a folder of its own."""
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))  # pytest's own folders are closed to other users
    owner = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())  # it refuses to run as root
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    there = programs()

    def call(program: str, *arguments: str) -> None:
        command = [str(there / program), "-D", str(folder / "data"), *arguments]
        as_owner = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, **as_owner)  # type: ignore[call-overload]

    call("initdb", "--username=dateline", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync")
    options = f"-k {folder} -c listen_addresses= -c fsync=off"
    call("pg_ctl", "start", "--wait", f"--log={folder / 'log'}", f"--options={options}")
    try:
        yield f"postgresql://dateline@/postgres?host={folder}"
    finally:
        call("pg_ctl", "stop", "--mode=immediate")
        shutil.rmtree(folder)


def use(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("DATELINE_POSTGRES_URL", address)
    settings.cache_clear()


def started(runs: dg.DagsterInstance, host: str) -> str:
    """A run that began in a process which is not there any more, or not here."""
    run = runs.create_run_for_job(
        defs.resolve_job_def("refresh"), status=dg.DagsterRunStatus.STARTED, tags={PROCESS: "1 0", HOST: host}
    )
    return run.run_id


def span(runs: dg.DagsterInstance, run: str, step: str) -> tuple[float, float]:
    """When a step of a run began and ended."""
    of = {dg.DagsterEventType.STEP_START, dg.DagsterEventType.STEP_SUCCESS}
    begin, end = (e.timestamp for e in runs.all_logs(run, of) if e.dagster_event and e.dagster_event.step_key == step)
    return begin, end


def test_two_runs_at_once_share_an_instance_and_publish_one_after_the_other(
    data: Path, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data.mkdir()
    use(monkeypatch, server)
    both = [subprocess.Popen([DATELINE, "run", "--day", DAY, "--no-fetch"], stderr=subprocess.PIPE) for _ in range(2)]
    told = [process.communicate()[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], told
    with instance() as runs:
        found = runs.get_runs()
        assert [run.status for run in found] == [dg.DagsterRunStatus.SUCCESS] * 2
        assert len({run.tags[PROCESS] for run in found}) == 2
        (_, first_ends), (second_begins, _) = sorted(span(runs, run.run_id, "warehouse") for run in found)
        assert first_ends <= second_begins
    assert not list(data.rglob("*.db"))


@pytest.mark.parametrize("kept_in", ["sqlite", "postgres"])
def test_of_many_who_claim_the_same_pool_at_once_one_gets_in(
    kept_in: str, data: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    assert data
    if kept_in == "postgres":
        use(monkeypatch, request.getfixturevalue("server"))
    together = Barrier(MANY, timeout=60)  # where one fails, the others do not wait for it
    with instance() as first:
        ref = first.get_ref()

    def claims(pool: str) -> bool:
        with dg.DagsterInstance.from_ref(ref) as runs:
            log, run = runs.event_log_storage, make_new_run_id()
            together.wait()
            log.initialize_concurrency_limit_to_default(pool)
            together.wait()
            return bool(log.claim_concurrency_slot(pool, run, "step").is_claimed)

    with ThreadPoolExecutor(MANY) as threads:
        for pool in ("one", "two", "three"):
            assert sum(threads.map(claims, [pool] * MANY)) == 1


def test_only_runs_of_this_machine_are_called_dead(data: Path, server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert data
    use(monkeypatch, server)
    with instance() as runs:
        here, elsewhere = started(runs, gethostname()), started(runs, "another-machine")
        bury(runs)
        status = {run.run_id: run.status.name for run in runs.get_runs()}
        assert (status[here], status[elsewhere]) == ("FAILURE", "STARTED")


def test_a_database_that_cannot_be_used_is_told_without_a_traceback(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, "postgresql://dateline@127.0.0.1:9/dagster")
    result = CliRunner().invoke(app, ["run", "--day", DAY])
    assert result.exit_code == 1
    assert result.stderr.startswith("the database of DATELINE_POSTGRES_URL cannot be used: ")
    config = data / "dagster" / "dagster.yaml"
    assert config.read_text() == INSTANCE + POSTGRES
    config.write_text("telemetry:\n  enabled: false\n")
    result = CliRunner().invoke(app, ["run", "--day", DAY])
    assert result.exit_code == 2
    assert POSTGRES in result.stderr
