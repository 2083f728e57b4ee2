"""Runs one pure function over many pieces of work, in order, in as many processes as the settings say."""

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import batched, chain, islice

AHEAD = 2  # pieces handed to each process beyond the one it works at


def run[Item, Result](
    function: Callable[[Item], Result], items: Iterable[Item], *, workers: int, preload: str
) -> Iterator[Result]:
    """The results, in the order of the items; no more than a few items are held at a time.

    The processes are forked from a server that has imported `preload`, so that what the module loads is loaded once
    and its memory shared. A single item, or a single worker, is done in this process.
    """
    todo = iter(items)
    head = list(islice(todo, 2))
    if workers == 1 or len(head) < 2:  # noqa: PLR2004  # one piece of work needs no second process
        yield from map(function, chain(head, todo))
        return
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([preload])
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        yield from _in_order(pool, function, chain(head, todo), workers * (1 + AHEAD))


def _in_order[Item, Result](
    pool: ProcessPoolExecutor, function: Callable[[Item], Result], items: Iterator[Item], ahead: int
) -> Iterator[Result]:
    flying: deque[Future[Result]] = deque(pool.submit(function, item) for item in islice(items, ahead))
    while flying:
        result = flying.popleft().result()
        flying.extend(pool.submit(function, item) for item in islice(items, 1))
        yield result


def chunks[Item](items: Iterable[Item], size: int) -> Iterator[tuple[Item, ...]]:
    """The items in pieces of work of at most `size`."""
    return batched(items, size)
