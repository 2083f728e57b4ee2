"""What worker processes run, run in this process, one after the other."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest

from pipelines import engine
from pipelines.clean import sandbox


def run(function: Callable[[Any], Any], items: Iterable[Any], *, workers: int) -> Iterator[Any]:
    """In place of `engine.run`."""
    assert workers
    return map(function, items)


def clean_all(function: Callable[[Any], Any], documents: Iterable[Any], **_limits: float) -> Iterator[Any]:
    """In place of `sandbox.clean_all`."""
    return (sandbox._guarded(function, document) for document in documents)


def let(patch: pytest.MonkeyPatch) -> None:
    """Let cleaning and extraction do without worker processes."""
    patch.setattr(engine, "run", run)
    patch.setattr(engine, "warm_up", lambda: None)
    patch.setattr(sandbox, "clean_all", clean_all)
