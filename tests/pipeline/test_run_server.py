"""The process that runs of Dagster are forked from."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.cli.run_server import RunServer, RunServerError
from pipelines.settings import PROJECT, settings


@pytest.fixture
def sql(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the models that the settings name."""
    copy = tmp_path / "sql"
    shutil.copytree(PROJECT / "sql", copy)
    monkeypatch.setenv("DATELINE_SQL", str(copy))
    monkeypatch.setenv("DATELINE_DATA", str(tmp_path / "data"))
    settings.cache_clear()
    yield copy
    settings.cache_clear()


def servers() -> set[int]:
    """The children of this process that are servers of runs and have not ended."""
    found = set()
    for task in Path("/proc/self/task").iterdir():
        for child in map(int, (task / "children").read_text().split()):
            if "run_server" in Path(f"/proc/{child}/cmdline").read_text():
                found.add(child)
    return found


def test_runs_come_from_one_server_until_files_change_and_from_none_that_cannot_load(sql: Path) -> None:
    server = RunServer()
    runs = [server.begin(["--version"]) for _ in range(2)]
    (first,) = servers()
    model = next(sql.rglob("*.sql"))
    whole = model.read_text()
    model.write_text("-- a comment and no SQL")
    with pytest.raises(RunServerError, match="Dagster's log"):
        server.begin(["--version"])
    model.write_text(whole)
    runs.append(server.begin(["--version"]))
    assert len({*runs}) == 3
    assert len(servers() - {first}) == 1
    server.close()
    deadline = time.monotonic() + 60
    while servers():
        assert time.monotonic() < deadline
        time.sleep(0.05)
