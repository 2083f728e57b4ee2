"""The engine on a Ray cluster: each piece of work is a task, which Ray does again elsewhere if its node dies.

Only pieces of work and their results travel. The lake is read and written by the process that runs the job, so nodes
need no credentials, hold nothing, and may come and go. That process sends its own code along.
"""

import socket
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

from pipelines import engine
from pipelines.engine import AHEAD, EngineError
from pipelines.settings import PROJECT, settings

RETRIES = 4  # a piece whose node dies five times is more likely the cause than the victim
REACHED_IN = 10.0  # seconds; Ray itself tries for two minutes and then ends the process
# A node extracts in the task's own process, so that what it forks only cleans. Each fork imports Ray's main module
# again, which is quick where the server has Ray.
PRELOAD = ["ray", "pipelines.clean.warm"]


def run[Item, Result](function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
    """The results in the order of the items; a few items for each CPU that the cluster has at the time are under way.

    Raises:
        EngineError: Ray is not installed, the cluster cannot be reached, or it lost a piece of work several times.
    """
    ray = _connected()
    task = ray.remote(num_cpus=1, max_retries=RETRIES)(_done)
    todo = iter(items)
    flying: deque[Any] = deque()
    try:
        while True:
            room = _cpus(ray) * (1 + AHEAD) - len(flying)
            flying.extend(task.remote(function, item) for item in islice(todo, max(room, 0)))
            if not flying:
                return
            yield _result(ray, flying.popleft())
    finally:
        for unwanted in flying:
            ray.cancel(unwanted)


def _done[Item, Result](function: Callable[[Item], Result], item: Item) -> Result:
    """What a task does on its node."""
    engine.PRELOAD[:] = PRELOAD
    return function(item)


def _cpus(ray: Any) -> int:
    """CPUs of the cluster now, at least one: a cluster that grows with the work that waits begins with none."""
    return max(int(ray.cluster_resources().get("CPU", 0)), 1)


def _result(ray: Any, flying: Any) -> Any:
    try:
        return ray.get(flying)
    except ray.exceptions.RayTaskError as error:
        raise error.cause from error
    except ray.exceptions.RayError as error:
        reason = str(error).partition("\n")[0]
        raise EngineError(f"the cluster lost a piece of work {RETRIES + 1} times: {reason}") from error


def _connected() -> Any:
    """Ray, connected to the cluster of the settings; once a process."""
    try:
        import ray
    except ImportError as error:
        raise EngineError('DATELINE_ENGINE=ray needs Ray: pip install -e ".[cluster]"') from error
    if not ray.is_initialized():
        address = settings().ray_address
        if not address:
            raise EngineError("DATELINE_ENGINE=ray needs a cluster: set DATELINE_RAY_ADDRESS to host:port of its head")
        with _unreachable(address, ConnectionError, ValueError, RuntimeError, ray.exceptions.RayError):
            _knock(address)
            ray.init(
                address,
                runtime_env={
                    "py_modules": [str(PROJECT / "pipelines")],
                    "env_vars": {"DATELINE_MODEL": settings().model},
                },
                log_to_driver=False,
                logging_level="error",
            )
    return ray


@contextmanager
def _unreachable(address: str, *kinds: type[Exception]) -> Iterator[None]:
    try:
        yield
    except kinds as error:
        reason = str(error.__cause__ or error).strip().rpartition("\n")[2]  # of a wrong token Ray tells at the very end
        raise EngineError(f"no Ray cluster answers at {address} (DATELINE_RAY_ADDRESS): {reason}") from error


def _knock(address: str) -> None:
    """Find out whether anybody listens at an address of a host and port."""
    host, colon, port = address.removeprefix("ray://").rpartition(":")
    if colon:
        socket.create_connection((host, int(port)), REACHED_IN).close()
