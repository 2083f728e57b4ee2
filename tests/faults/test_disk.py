"""A disk that is full, or that may not be written: nothing is half done, and the next run does what is left."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.lake import LakeError
from pipelines.warehouse import WarehouseError
from tests.faults import stages

MEGABYTES = 64
NOBODY = 65534


@pytest.fixture
def disk(here_now: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The current folder is a disk of its own, of a few megabytes, with the documents in its inbox."""
    folder = here_now / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root can mount a small disk")
    try:
        monkeypatch.chdir(stages.begin(folder / "data"))
        yield folder
    finally:
        monkeypatch.chdir(here_now)
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(disk: Path, left: int) -> None:
    """Leave so many bytes of the disk."""
    status = os.statvfs(disk)
    size = status.f_bavail * status.f_frsize - left
    with (disk / "filler").open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, size)


@pytest.mark.parametrize("left", [0, 16 << 10, 1 << 20])
def test_at_each_stage_a_full_disk_stops_it_and_leaves_all_that_was_there(disk: Path, done: Path, left: int) -> None:
    stopped = []
    for name, stage in stages.STAGES.items():
        fill(disk, left)
        try:
            stage()
        except (OSError, LakeError, WarehouseError) as error:
            stopped.append(name)
            assert "space" in str(error) or "disk" in str(error).lower(), error  # noqa: PT017 - not every stage stops
        stages.sound()
        (disk / "filler").unlink()
        stage()
    assert stopped == {0: [*stages.STAGES], 16 << 10: ["clean", "extract", "publish"], 1 << 20: ["publish"]}[left]
    assert stages.content(disk / "data") == stages.content(done)


def as_nobody(*arguments: str) -> "subprocess.CompletedProcess[str]":
    """Give a command as another user, who has no rights here but to read."""
    script = f"""
import os, sys, duckdb, pyarrow.parquet, pipelines.steps.inbox, pipelines.steps.clean, pipelines.steps.extract
import pipelines.ingest.take, rich, httpx, duckdb_extension_fts
from pipelines.cli import app
os.setgroups([]); os.setgid({NOBODY}); os.setuid({NOBODY})
app()
"""
    return subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=False)


@pytest.fixture
def others(copy: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The data folder, where every user can reach it, and only its owner may write."""
    if os.getuid():
        pytest.skip("only root can be somebody else")
    folder = Path("/var/tmp") / f"dateline-{os.getpid()}"  # noqa: S108 - pytest's own folders are closed to others
    shutil.copytree(copy, folder, symlinks=True)
    folder.chmod(0o755)
    monkeypatch.chdir(folder)
    yield folder
    monkeypatch.chdir(copy)
    shutil.rmtree(folder)


def test_who_may_not_write_is_told_so_and_can_read(others: Path) -> None:
    read = as_nobody("sql", "select count(*) as n from mart.lengths", "-f", "json")
    assert (read.returncode, read.stdout) == (0, '{"n": 2}\n'), read.stderr
    (others / "inbox/new.txt").write_text("The harbour of Ostreva closed again.")
    for command in (("ingest", "inbox"), ("rebuild",), ("sweep",)):
        refused = as_nobody(*command)
        assert refused.returncode == 1, refused.stderr
        assert "Permission denied" in refused.stderr
        assert "Traceback" not in refused.stderr
    assert as_nobody("verify").returncode == 0
    assert {p.name for p in (others / "warehouse").iterdir()} == {
        "_lock", "gen_000001.duckdb", "gen_000001.json", "warehouse.duckdb"
    }  # fmt: skip


def test_a_file_that_may_not_be_read_is_a_reject(others: Path) -> None:
    (others / "inbox/closed.txt").write_text("Nobody may read this.")
    (others / "inbox/closed.txt").chmod(0o600)
    (others / "lake").rename(others / "whole")
    (others / "lake").mkdir(mode=0o777)
    (others / "lake").chmod(0o777)
    taken = as_nobody("ingest", "inbox", "--json")
    assert (taken.returncode, '"problems": 1' in taken.stdout) == (0, True), taken.stderr
    (shard,) = stages.lake().shards("raw/captures")
    assert stages.lake().read(shard).column("problem").to_pylist() == ["unreadable"]
