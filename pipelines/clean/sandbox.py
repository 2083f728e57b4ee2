"""Cleaning in worker processes that may hang, crash or eat memory without harm to any other document.

lxml and trafilatura are C and heuristics over whatever the web sends: a page can run for minutes, or take the process
down. Each worker has a time limit that kills it, a memory limit of its address space, and a limited life.
"""

import resource
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import TimeoutError as FutureTimeout
from functools import partial
from pathlib import Path
from typing import Any, Self

from pebble import ProcessExpired, ProcessPool

from pipelines import engine
from pipelines.clean.rejected import Rejected

_TASKS_A_WORKER = 500  # then a fresh one: trafilatura's and htmldate's caches grow
_PIECE = 16  # documents that a node of a cluster takes at a time
_AHEAD = 4  # documents a worker handed out before their turn, so that none waits idle


def clean_all[Source, Made](
    function: Callable[[Source], Made], documents: Iterable[Source], *, workers: int, seconds: float, megabytes: int
) -> Iterator[Made | Rejected]:
    """Clean documents in worker processes; outcomes come in the order of the documents, as they are asked for.

    A document that takes longer than `seconds` is `timeout`, one that needs more than `megabytes` beyond an idle
    worker's memory is `memory`, one that takes its worker down is `crash`. A document whose worker died is tried once
    more, alone, so that only the guilty one is rejected.

    Args:
        function: what cleans a document; importable by its name.
        documents: read a few at a time.
        workers: processes on this machine; the nodes of a cluster have one for each of their CPUs.
        seconds: for each document, from when a worker takes it up.
        megabytes: for each worker.

    Raises:
        EngineError: the cluster cannot be had, or lost a piece of work several times.
    """
    if not engine.on_cluster():
        yield from _clean_here(function, documents, workers, seconds, megabytes)
        return
    piece = partial(_clean_piece, function, seconds, megabytes)
    for outcomes in engine.run(piece, engine.chunks(documents, _PIECE), workers=workers):
        yield from outcomes


def _clean_piece[Source, Made](
    function: Callable[[Source], Made], seconds: float, megabytes: int, documents: Iterable[Source]
) -> list[Made | Rejected]:
    """What a node does: the same limits hold there, in workers of its own."""
    return list(_clean_here(function, documents, 1, seconds, megabytes))


def _clean_here[Source, Made](
    function: Callable[[Source], Made], documents: Iterable[Source], workers: int, seconds: float, megabytes: int
) -> Iterator[Made | Rejected]:
    with _Pool(workers, megabytes) as pool:
        waiting: deque[tuple[Source, Any]] = deque()
        for document in documents:
            waiting.append((document, pool.schedule(function, document, seconds)))
            if len(waiting) >= workers * _AHEAD:
                yield _outcome(function, *waiting.popleft(), seconds, megabytes)
        while waiting:
            yield _outcome(function, *waiting.popleft(), seconds, megabytes)


class _Pool:
    """A pebble pool with our limits, stopped at the end whatever happens."""

    def __init__(self, workers: int, megabytes: int) -> None:
        self._pool = ProcessPool(
            max_workers=workers,
            max_tasks=_TASKS_A_WORKER,
            initializer=_begin,
            initargs=(megabytes,),
            context=engine.context(),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()

    def schedule(self, function: Callable[[Any], Any], document: Any, seconds: float) -> Any:
        return self._pool.schedule(partial(_guarded, function), args=(document,), timeout=seconds)


def _outcome[Source, Made](
    function: Callable[[Source], Made], document: Source, future: Any, seconds: float, megabytes: int
) -> Made | Rejected:
    try:
        made: Made | Rejected = _result(future, seconds, megabytes)
    except ProcessExpired:
        with _Pool(1, megabytes) as alone:
            try:
                made = _result(alone.schedule(function, document, seconds), seconds, megabytes)
            except ProcessExpired as death:
                made = Rejected("crash", f"the worker died twice, exit code {death.exitcode}")
    return made


def _result(future: Any, seconds: float, megabytes: int) -> Any:
    try:
        return future.result()
    except FutureTimeout:
        return Rejected("timeout", f"not cleaned within {seconds:g} s")
    except MemoryError:
        return Rejected("memory", f"needs more than {megabytes} MB")


def _guarded[Source, Made](function: Callable[[Source], Made], document: Source) -> Made | Rejected:
    """What the worker runs: a fault of ours in one document is that document's reject, with its name."""
    try:
        return function(document)
    except Rejected as rejected:
        return rejected
    except MemoryError:
        raise
    except Exception as fault:  # noqa: BLE001 - one document must never stop the rest
        return Rejected("fault", f"{type(fault).__name__}: {fault}"[:500])


def _begin(megabytes: int) -> None:
    """Limit this worker's address space to what it has now and `megabytes` more, and let no orphan of it stay.

    The models are loaded before, so that neither a document's time limit nor its memory limit pays for them.
    """
    from pipelines.clean.document import warm  # takes a second, which the process that asks does not have to spend

    engine.end_with_parent()
    warm()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    limit = pages * resource.getpagesize() + megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
