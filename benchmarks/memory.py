"""What a command takes of memory, its workers included."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

EVERY = 0.5  # seconds between two looks
MEGABYTE = 2**10  # in the kilobytes of /proc


def peak_of_family(process: subprocess.Popen[bytes]) -> float:
    """Wait for a process; gives the most megabytes that one of it and its descendants has had resident.

    The high-water mark of each (`VmHWM`) is read while it lives, so that no peak between two looks is missed but that
    of a process which ends before the next. Pages that forked workers share count for each.
    """
    most = 0
    while True:
        most = max([most, *map(_peak, _family(process.pid))])
        try:
            process.wait(EVERY)
        except subprocess.TimeoutExpired:
            continue
        return most / MEGABYTE


def _family(root: int) -> Iterator[int]:
    yield root
    for task in Path(f"/proc/{root}/task").glob("*/children"):
        try:
            children = task.read_text(encoding="ascii").split()
        except OSError:
            continue
        for child in children:
            yield from _family(int(child))


def _peak(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)
