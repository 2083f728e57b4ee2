"""Progress of long work, shown by whoever wants to: the command draws a bar, a scheduled run draws none."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar

Advance = Callable[[int], None]
Shower = Callable[[str, int], AbstractContextManager[Advance]]


@contextmanager
def _unseen(_label: str, _total: int) -> Iterator[Advance]:
    yield lambda _: None


_shower: ContextVar[Shower] = ContextVar("shower", default=_unseen)


def task(label: str, total: int) -> AbstractContextManager[Advance]:
    """A piece of work of so many units; call what it gives with the units that are done."""
    return _shower.get()(label, total)


@contextmanager
def shown_by(shower: Shower) -> Iterator[None]:
    """Show the progress of everything inside."""
    token = _shower.set(shower)
    try:
        yield
    finally:
        _shower.reset(token)
