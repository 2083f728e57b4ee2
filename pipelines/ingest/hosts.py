"""Turns at a host: so many connections at once, and a pause after each request."""

import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager


class Hosts:
    """Who may ask which host when, over all threads of a run."""

    def __init__(self, connections: int) -> None:
        self._lock = threading.Lock()
        self._gates: defaultdict[str, threading.Semaphore] = defaultdict(lambda: threading.Semaphore(connections))
        self._free: dict[str, float] = {}  # when the host may be asked again

    @contextmanager
    def turn(self, host: str, delay: float) -> Iterator[None]:
        """Wait for a turn at the host, and hold it; the next comes `delay` seconds after its end."""
        with self._lock:
            gate = self._gates[host]
        with gate:
            with self._lock:
                wait = self._free.get(host, 0.0) - time.monotonic()
                self._free[host] = time.monotonic() + max(wait, 0) + delay
            if wait > 0:
                time.sleep(wait)
            try:
                yield
            finally:
                with self._lock:
                    self._free[host] = time.monotonic() + delay
