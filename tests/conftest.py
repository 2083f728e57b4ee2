"""What many tests share."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from spacy.tokens import Doc

from pipelines import engine
from pipelines.clean import sandbox
from pipelines.clean.document import Document, clean
from pipelines.clean.rejected import Rejected
from pipelines.extract import model
from pipelines.schemas import Cleaned
from pipelines.settings import settings


@pytest.fixture(scope="session")
def parse() -> Callable[[str], Doc]:
    """Text to parsed document, with the packaged language model loaded once."""
    return model.of


@pytest.fixture
def in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cleaning and extraction without worker processes: what workers run is run here, and can be patched."""

    def run(function: Callable[[Any], Any], items: Iterable[Any], *, workers: int) -> Iterator[Any]:
        assert workers
        return map(function, items)

    def clean_all(documents: Iterable[Document], **_limits: float) -> Iterator[Cleaned | Rejected]:
        return (sandbox._guarded(clean, document) for document in documents)

    monkeypatch.setattr(engine, "run", run)
    monkeypatch.setattr(sandbox, "clean_all", clean_all)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty data folder that the settings of this process point to; Dagster's folder lies in it."""
    folder = tmp_path / "data"
    monkeypatch.setenv("DATELINE_DATA", str(folder))
    monkeypatch.setenv("DAGSTER_HOME", str(folder / "dagster"))
    settings.cache_clear()
    yield folder
    settings.cache_clear()
