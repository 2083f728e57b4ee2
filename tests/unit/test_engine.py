"""The engine: results in order, in other processes, that end when they should."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines import engine


def doubled(number: int) -> int:
    return 2 * number


def doubled_elsewhere(number: int) -> tuple[int, int]:
    time.sleep(0.05 if number % 2 else 0)
    return os.getpid(), 2 * number


def broken(number: int) -> int:
    if number == 3:
        raise ValueError("three")
    return number


def test_results_come_in_order_from_other_processes() -> None:
    found = list(engine.run(doubled_elsewhere, range(20), workers=2))
    assert [result for _, result in found] == [2 * n for n in range(20)]
    assert os.getpid() not in {process for process, _ in found}


def test_without_work_nothing_comes() -> None:
    assert list(engine.run(doubled, [], workers=2)) == []


def test_no_more_than_a_few_pieces_are_taken_ahead() -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    results = engine.run(doubled, items(), workers=1)
    assert next(results) == 0
    assert len(taken) <= 2 + engine.AHEAD
    results.close()  # type: ignore[attr-defined]


def test_a_process_has_a_limited_life(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "LIFE", 2)
    found = list(engine.run(doubled_elsewhere, range(5), workers=1))
    assert [result for _, result in found] == [0, 2, 4, 6, 8]
    processes = [process for process, _ in found]
    assert (processes[0], processes[2]) == (processes[1], processes[3])
    assert len(set(processes)) == 3


def test_an_error_of_the_function_is_raised_at_its_place() -> None:
    results = engine.run(broken, range(6), workers=1)
    assert [next(results), next(results), next(results)] == [0, 1, 2]
    with pytest.raises(ValueError, match="three"):
        next(results)


def test_chunks_hold_all_and_no_more_than_asked() -> None:
    assert list(engine.chunks(range(5), 2)) == [(0, 1), (2, 3), (4,)]


def test_a_worker_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(
        """
import os, time
from pipelines import engine
engine.PRELOAD[:] = []
def work(seconds):
    print(os.getpid(), flush=True)
    time.sleep(seconds)
if __name__ == "__main__":
    list(engine.run(work, [60, 60], workers=2))
"""
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(engine.__file__).parent.parent)}
    parent = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True, env=environment)
    assert parent.stdout
    workers = [int(parent.stdout.readline()) for _ in range(2)]
    parent.kill()
    parent.wait()
    parent.stdout.close()
    deadline = time.monotonic() + 20
    while any(Path(f"/proc/{worker}").exists() for worker in workers) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(Path(f"/proc/{worker}").exists() for worker in workers)
