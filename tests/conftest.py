"""What many tests share."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from spacy.tokens import Doc

from pipelines import engine
from pipelines.clean import sandbox
from pipelines.clean.document import Document, clean
from pipelines.clean.rejected import Rejected
from pipelines.extract import model
from pipelines.schemas import Cleaned


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
