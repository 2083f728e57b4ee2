"""The inbox: whole files are taken in and moved away, and none is lost."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.lake import lake_of
from pipelines.settings import Settings
from pipelines.steps.inbox import SETTLED, take_inbox, waiting
from tests.world import NOON


@pytest.fixture
def limits(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path)


@pytest.fixture
def lay(limits: Settings) -> Callable[..., Path]:
    """Lay a file into the inbox, so many seconds ago."""

    def lay(name: str, content: str = "Ostreva reopened.", ago: float = 60) -> Path:
        file = limits.inbox / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content)
        then = file.stat().st_mtime - ago
        os.utime(file, (then, then))
        return file

    return lay


def test_without_an_inbox_nothing_waits(limits: Settings) -> None:
    assert waiting(limits.inbox) == []


def test_whole_files_wait_oldest_first(limits: Settings, lay: Callable[..., Path]) -> None:
    young, old, nested = lay("young.txt", ago=10), lay("old.txt", ago=90), lay("sub/nested.html", ago=50)
    lay(".hidden.txt")
    lay(".sub/in-hidden.txt")
    lay("download.txt.part")
    lay("growing.txt", ago=SETTLED / 10)
    (limits.inbox / "link.txt").symlink_to(old)
    assert waiting(limits.inbox) == [old, nested, young]


def test_what_is_taken_in_moves_to_its_day(limits: Settings, lay: Callable[..., Path]) -> None:
    lay("a.txt")
    lay("sub/b.doc", "whatever it is called, somebody laid it here")
    lay("growing.txt", ago=0)
    lake = lake_of(limits)
    taken = take_inbox(lake, limits, NOON)
    assert (taken.files, taken.new) == (2, 2)
    moved = sorted(str(p.relative_to(limits.taken)) for p in limits.taken.rglob("*") if p.is_file())
    assert moved == ["2026-03-02/a.txt", "2026-03-02/sub/b.doc"]
    assert [p.name for p in limits.inbox.rglob("*") if p.is_file()] == ["growing.txt"]
    assert waiting(limits.inbox) == []


def test_a_file_never_replaces_one_of_the_same_name(limits: Settings, lay: Callable[..., Path]) -> None:
    for content in ("first", "second", "third"):
        lay("a.txt", content)
        take_inbox(lake_of(limits), limits, NOON)
    found = {p.name: p.read_text() for p in (limits.taken / "2026-03-02").iterdir()}
    assert found == {"a.txt": "first", "a~1.txt": "second", "a~2.txt": "third"}


def test_a_run_killed_before_the_move_takes_nothing_twice(
    limits: Settings, lay: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    lay("a.txt")

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", killed)
    lake = lake_of(limits)
    with pytest.raises(KeyboardInterrupt):
        take_inbox(lake, limits, NOON)
    monkeypatch.undo()
    again = take_inbox(lake, limits, NOON)
    assert (again.new + again.known, len(lake.column("raw/captures", "capture_id"))) == (1, 1)
    assert waiting(limits.inbox) == []
