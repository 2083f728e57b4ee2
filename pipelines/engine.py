"""Runs one pure function over many pieces of work, in order: in processes of this machine, or on a Ray cluster."""

import multiprocessing
import multiprocessing.forkserver
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from itertools import batched, chain, islice
from multiprocessing.context import ForkServerContext
from socket import AF_UNIX, socket
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

from pipelines.settings import settings

AHEAD = 2  # pieces handed to each process beyond the one it works at
# Pieces that a process works at before a fresh one takes its place, for the language model keeps each word it has seen.
# concurrent.futures has such a limit too, but hangs with it where more is submitted than that (python/cpython#115634).
LIFE = 256
PRELOAD = ["pipelines.clean.warm", "pipelines.extract.warm"]


class EngineError(Exception):
    """The engine that the settings name cannot be had, or lost a piece of work; the message says what to do."""


def on_cluster() -> bool:
    """Whether pieces of work go to other machines."""
    return settings().engine == "ray"


def context() -> ForkServerContext:
    """How every worker process of ours begins: forked from one server, which has imported what workers need.

    A fork of this process could deadlock, for Dagster, DuckDB and Arrow have threads. The server imports `PRELOAD`
    once, the language model among it, and its workers share that memory. multiprocessing has one server a process, and
    the first worker settles what it imports: hence one list for all of them.
    """
    made = multiprocessing.get_context("forkserver")
    made.set_forkserver_preload(PRELOAD)
    return made


def warm_up() -> None:
    """Let the server of the workers begin to import, which takes seconds, while this process does something else."""
    context()
    multiprocessing.forkserver.ensure_running()


@contextmanager
def forked_workers() -> Iterator[None]:
    """Let the server of the workers be a fork of this process, which has imported `PRELOAD` and has no threads yet.

    multiprocessing begins its server as a new interpreter, even in a process that was forked from such a server (3.12):
    hence what `ForkServer.ensure_running` does, with a fork in place of the interpreter.
    """
    with TemporaryDirectory(prefix="dateline-") as folder:
        address = f"{folder}/workers"
        ended, alive = os.pipe()
        with socket(AF_UNIX) as listener:
            listener.bind(address)
            listener.listen()
            child = os.fork()
            if not child:
                os.close(alive)
                try:
                    multiprocessing.forkserver.main(listener.fileno(), ended, [])
                finally:
                    os._exit(0)
        os.close(ended)
        server: Any = multiprocessing.forkserver._forkserver  # noqa: SLF001
        server.__dict__.update(_forkserver_address=address, _forkserver_alive_fd=alive, _forkserver_pid=child)
        yield


def end_with_parent() -> None:
    """Let this worker end as soon as the process that asked for it has: no orphan works on after a kill."""
    Thread(target=_end_after_parent, daemon=True).start()


def _end_after_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def run[Item, Result](function: Callable[[Item], Result], items: Iterable[Item], *, workers: int) -> Iterator[Result]:
    """The results, in the order of the items; no more than a few items are held at a time.

    Args:
        function: importable by its name.
        items: read a few ahead.
        workers: processes on this machine; on a cluster there is one for each of its CPUs.

    Raises:
        EngineError: the cluster cannot be had, or lost a piece of work several times.
    """
    if on_cluster():
        from pipelines import cluster

        yield from cluster.run(function, items)
        return
    todo = iter(items)
    for item in todo:
        yield from _in_pool(function, chain([item], islice(todo, LIFE * workers - 1)), workers)


def _in_pool[Item, Result](function: Callable[[Item], Result], todo: Iterator[Item], workers: int) -> Iterator[Result]:
    with ProcessPoolExecutor(workers, mp_context=context(), initializer=end_with_parent) as pool:
        flying = deque(pool.submit(function, item) for item in islice(todo, workers * (1 + AHEAD)))
        while flying:
            result = flying.popleft().result()
            flying.extend(pool.submit(function, item) for item in islice(todo, 1))
            yield result


def chunks[Item](items: Iterable[Item], size: int) -> Iterator[tuple[Item, ...]]:
    """The items in pieces of work of at most `size`."""
    return batched(items, size)
