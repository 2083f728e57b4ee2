"""A process that has loaded all that a run needs, and becomes one by forking: a run begins in a moment.

Python, Dagster, the definitions and the language model take some seconds to load, as long as ten articles take
altogether. `RunServer` is for the process that launches runs; `python -m pipelines.cli.run_server` is the server.
"""

import os
import signal
import subprocess
import sys
import time
import traceback
import warnings
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from threading import Lock, Thread
from typing import Never

from pipelines import engine
from pipelines.settings import PROJECT, settings

LOADED = ["pipelines.definitions", "dagster._cli"]
GLANCE = 1.0  # seconds between two looks at whether the runs of a server that was replaced have ended


class RunServerError(Exception):
    """No run can be begun; the message says what to do."""


class RunServer:
    """A server of runs, begun with the first of them. It ends with this process, and its runs with it.

    Code and SQL are loaded once. Where their files have changed since, a new server takes the place of the old one,
    which ends after its runs.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._talk: Connection | None = None
        self._loaded = ""

    def begin(self, arguments: Sequence[str]) -> int:
        """Begin a process that does what `dagster` does with these arguments; gives its number.

        Raises:
            RunServerError: the server ended while it loaded.
        """
        with self._lock:
            state = _state_of_files()
            if self._talk is None or self._loaded != state:
                self.close()
                self._talk, self._loaded = _begun(), state
            try:
                self._talk.send(list(arguments))
                return int(self._talk.recv())
            except (OSError, EOFError) as error:
                self.close()
                raise RunServerError("the server of runs has ended; Dagster's log above says why") from error

    def close(self) -> None:
        """Let the server end after its runs."""
        if self._talk:
            self._talk.close()
            self._talk = None


def _begun() -> Connection:
    """The near end of the pipe to a new server."""
    near, far = Pipe()
    with far:
        program = [sys.executable, "-m", __name__, str(far.fileno())]
        server = subprocess.Popen(program, pass_fds=[far.fileno()])  # noqa: S603  # our own interpreter and module
    Thread(target=server.wait, daemon=True).start()
    return near


def _state_of_files() -> str:
    """Changes with the files that definitions and steps are made from."""
    folders = (PROJECT / "pipelines", settings().sql)
    files = [file.stat() for folder in folders for file in folder.rglob("*.*") if "__pycache__" not in file.parts]
    return f"{len(files)} {max(file.st_mtime_ns for file in files)}"


def serve(talk: Connection) -> None:
    """Load, then fork for each list of arguments that comes, and answer with the number of the fork."""
    parent = os.getppid()
    for module in LOADED if engine.on_cluster() else LOADED + engine.PRELOAD:
        import_module(module)
    ended, alive = os.pipe()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the runs as well, and to who began this
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the runs
    # Arrow's and OpenBLAS's threads, which both see to forks, are all that there are
    warnings.filterwarnings("ignore", "This process .* is multi-threaded", DeprecationWarning)
    with suppress(EOFError):
        while True:
            arguments = talk.recv()
            child = os.fork()
            if not child:
                os.close(alive)
                talk.close()
                _become(arguments, ended)
            talk.send(child)
    while os.getppid() == parent and _has_runs():
        time.sleep(GLANCE)


def _has_runs() -> bool:
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return False
    return True


def _become(arguments: Sequence[str], ended: int) -> Never:
    """Do what `dagster` does, in a process of its own that ends when the other end of a pipe does."""
    from dagster._cli import cli

    code = 1
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        with engine.forked_workers():
            Thread(target=_end_with, args=(ended,), daemon=True).start()
            code = cli.main(list(arguments), prog_name="dagster", standalone_mode=False) or 0
    except SystemExit as end:
        code = int(end.code or 0)
    except BaseException:
        traceback.print_exc()
        raise
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)  # what libraries do at exit they would do to threads that stayed behind in the server


def _end_with(ended: int) -> None:
    os.read(ended, 1)
    os._exit(1)


if __name__ == "__main__":
    serve(Connection(int(sys.argv[1])))
