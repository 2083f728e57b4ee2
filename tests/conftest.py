"""What many tests share."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import hypothesis
import pytest
from filelock import FileLock
from spacy.tokens import Doc
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.extract import model
from pipelines.settings import PROJECT, settings
from pipelines.storage import Store, at
from tests import here
from tests.s3 import BUCKET, OneAtATime, serving

hypothesis.settings.register_profile("untimed", deadline=None)  # a busy machine is no fault of a parser
hypothesis.settings.load_profile("untimed")


@pytest.fixture(scope="session")
def parse() -> Callable[[str], Doc]:
    """Text to parsed document, with the packaged language model loaded once."""
    return model.of


@pytest.fixture
def in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cleaning and extraction without worker processes: what workers run is run here, and can be patched."""
    here.let(monkeypatch)


@contextmanager
def keeping(folder: Path) -> Iterator[Path]:
    """Let the settings of this process point to a data folder; Dagster's folder lies in it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATELINE_DATA", str(folder))
        patch.delenv("DATELINE_LAKE", raising=False)
        patch.setenv("DAGSTER_HOME", str(folder / "dagster"))
        settings.cache_clear()
        yield folder
    settings.cache_clear()


@pytest.fixture(scope="session")
def s3() -> Iterator[OneAtATime]:
    """A server that speaks S3 and has one bucket; the environment leads to it."""
    with serving() as (server, environment), pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        yield server


@pytest.fixture(scope="session", params=["folder", "bucket"])
def new_store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Store]:
    """Makes empty storages of each kind."""
    if request.param == "folder":
        return lambda: at(tmp_path_factory.mktemp("lake"), tmp_path_factory.mktemp("copies"))
    request.getfixturevalue("s3")
    return lambda: at(f"s3://{BUCKET}/{uuid4()}", tmp_path_factory.mktemp("copies"))


@pytest.fixture
def store(new_store: Callable[[], Store]) -> Store:
    """An empty storage of each kind."""
    return new_store()


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    """A data folder, not there yet, that the settings of this process point to."""
    with keeping(tmp_path / "data") as folder:
        yield folder


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that whichever process of this run of the tests comes first has made, while the others wait."""
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    done = folder.with_suffix(".done")
    with FileLock(folder.with_suffix(".lock")):
        if not done.exists():
            make(folder)
            done.touch()
    return folder


@pytest.fixture(scope="session")
def captured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the examples captured, and nothing else done; to be copied, not changed."""

    def make(folder: Path) -> None:
        with keeping(folder):
            taken = CliRunner().invoke(app, ["ingest", str(PROJECT / "examples")])
        assert taken.exit_code == 0, taken.stderr

    return made_once(tmp_path_factory, "captured", make)


@pytest.fixture(scope="session")
def examples(captured: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the examples run through the whole job; to be copied, not changed."""

    def make(folder: Path) -> None:
        shutil.copytree(captured, folder)
        with keeping(folder):
            ran = CliRunner().invoke(app, ["run"])
        assert ran.exit_code == 0, ran.stderr

    return made_once(tmp_path_factory, "examples", make)
