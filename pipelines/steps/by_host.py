"""Work on many hosts at once, on each host one thing after the other, its outcomes as they come."""

import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from typing import NamedTuple

WEARY = 3  # failures one after the other after which a host is left alone for this run


class _End(NamedTuple):
    """A host has been done with."""

    error: BaseException | None = None


def outcomes[Job, Made](
    jobs: Iterable[Job],
    do: Callable[[Job], Made],
    *,
    host: Callable[[Job], str],
    failed: Callable[[Made], bool],
    threads: int,
    stop: threading.Event,
) -> Iterator[Made]:
    """What came of the jobs, in the order in which they end; those of a host that fails again and again are left out.

    Args:
        jobs: in the order of their importance.
        do: what does one; raises nothing but faults of ours, which end the whole.
        host: where a job is done.
        failed: whether an outcome speaks against the host.
        threads: hosts worked on at once.
        stop: set from outside to leave the rest; set here, where the reader of outcomes goes away.
    """
    queues: defaultdict[str, list[Job]] = defaultdict(list)
    for job in jobs:
        queues[host(job)].append(job)
    ended: SimpleQueue[Made | _End] = SimpleQueue()

    def work(queue: list[Job]) -> None:
        failures, error = 0, None
        try:
            for job in queue:
                if stop.is_set() or failures >= WEARY:
                    break
                made = do(job)
                failures = failures + 1 if failed(made) else 0
                ended.put(made)
        except BaseException as fault:  # noqa: BLE001 - it goes on in the thread that reads
            error = fault
        ended.put(_End(error))

    with ThreadPoolExecutor(threads, thread_name_prefix="fetch") as pool:
        for queue in queues.values():
            pool.submit(work, queue)
        try:
            yield from _read(ended, len(queues))
        except BaseException:
            stop.set()
            raise


def _read[Made](ended: "SimpleQueue[Made | _End]", hosts: int) -> Iterator[Made]:
    while hosts:
        found = ended.get()
        if not isinstance(found, _End):
            yield found
        elif found.error:
            raise found.error
        else:
            hosts -= 1
