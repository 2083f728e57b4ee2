"""A small lake that the faults are done to: built once, copied by each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.settings import settings
from tests import here
from tests.faults import stages


@pytest.fixture(scope="session")
def done(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that has gone through all stages; to be copied, not changed."""
    folder = stages.begin(tmp_path_factory.mktemp("done") / "data")
    with pytest.MonkeyPatch.context() as patch:
        here.let(patch)
        patch.chdir(folder)
        stages.whole()
    return folder


@pytest.fixture
def here_now(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The current folder is that of the settings, and empty; cleaning and extraction run in this process."""
    here.let(monkeypatch)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATELINE_DATA", ".")
    monkeypatch.setenv("DATELINE_SQL", "sql")
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "dagster"))
    settings.cache_clear()
    yield tmp_path
    settings.cache_clear()


@pytest.fixture
def copy(done: Path, here_now: Path) -> Path:
    """The current folder is a copy of the data folder that has gone through all stages."""
    shutil.copytree(done, here_now, symlinks=True, dirs_exist_ok=True)
    return here_now
