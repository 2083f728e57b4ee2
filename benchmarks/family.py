"""What a command takes of memory and of the processors, its workers included."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

EVERY = 0.5  # seconds between two looks
MEGABYTE = 2**10  # in the kilobytes of /proc
TICKS = os.sysconf("SC_CLK_TCK")


def of_family(process: subprocess.Popen[bytes]) -> tuple[float, float]:
    """Wait for a process; gives the most megabytes that one of its family has had resident, and seconds of processor.

    The family is the process with all its descendants. Each is looked at while it lives: what one does after the last
    look, half a second at most, is not counted. Pages that forked workers share count for each.
    """
    most, ticks = 0, dict[int, int]()
    while True:
        for member in _family(process.pid):
            most = max(most, _peak(member))
            ticks[member] = _ticks(member) or ticks.get(member, 0)
        try:
            process.wait(EVERY)
        except subprocess.TimeoutExpired:
            continue
        return most / MEGABYTE, sum(ticks.values()) / TICKS


def _family(root: int) -> Iterator[int]:
    yield root
    for task in Path(f"/proc/{root}/task").glob("*/children"):
        for child in _read(task).split():
            yield from _family(int(child))


def _peak(process: int) -> int:
    lines = _read(Path(f"/proc/{process}/status")).splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)


def _ticks(process: int) -> int:
    """User and system time of a process itself: fields 14 and 15 of proc(5), stat."""
    fields = _read(Path(f"/proc/{process}/stat")).rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12]) if fields else 0


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError:
        return ""
