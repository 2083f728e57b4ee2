"""A run below Dagster, in its four stages, over a few documents of our own; all in the process that asks for it.

`python -m tests.faults.stages FOLDER` runs all of it in `FOLDER/undisturbed`, and then in `FOLDER/killed` each stage
again and again, and kills it: at first before its first step in the file system, then before its second, and so on,
each time upon what the last one left, until one comes through. After each kill what readers see has to be sound. It
prints how often it killed each stage, as JSON.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipelines import reference
from pipelines.clean.document import warm
from pipelines.extract.rows import rows_of
from pipelines.lake import Lake
from pipelines.publish import publish
from pipelines.settings import Settings
from pipelines.steps import clean, extract, inbox
from pipelines.warehouse import NotPublishedError, connect, content_hashes
from tests import here
from tests.world import NOON

DOCUMENTS = {
    "ferries.txt": """Ferries return to Lake Marn

OSTREVA, March 1 (SW) - The first two ferries crossed Lake Marn on Sunday with 180 passengers, the ministry said.

"We will sail six times a day from Monday," said Oda Pell, who runs the line.
""",
    "harbour.html": """<!DOCTYPE html><html><head><title>Harbour of Ostreva reopens</title></head><body><article>
<h1>Harbour of Ostreva reopens</h1><p>The harbour of Ostreva reopened on Monday after 12 days, the port said.</p>
<p>About 3,000 people use its ferries each day, and 40 ships wait outside.</p></article></body></html>""",
    "empty.txt": "",
}
MODEL = """-- Articles by their words.
-- kind: table
-- grain: version_id
-- version_id: The version
-- words: Its words
select version_id, any_value(words) as words from clean.articles group by version_id
"""
STEPS = {
    "os.rename",
    "os.link",
    "os.symlink",
    "os.remove",
    "os.rmdir",
    "os.chmod",
}  # audit events, before they are done


def begin(data: Path) -> Path:
    """Make a data folder with the documents in its inbox, still for a while, and with a project of one model."""
    (data / "inbox").mkdir(parents=True)
    for name, text in DOCUMENTS.items():
        (data / "inbox" / name).write_text(text)
        os.utime(data / "inbox" / name, (NOON.timestamp(), NOON.timestamp()))
    small_project(data)
    return data


def small_project(folder: Path) -> Path:
    """A project of one model: what is published is the same in kind, and is built in less time."""
    sql = folder / "sql"
    (sql / "mart").mkdir(parents=True)
    (sql / "mart/lengths.sql").write_text(MODEL)
    return sql


# The stages work in the current folder, so that what is kept of where a file stood is the same in any.


def lake() -> Lake:
    """The lake here."""
    return Lake(Path("lake"))


def limits() -> Settings:
    """The settings of a data folder here."""
    return Settings(data=Path(), workers=1)


def capture() -> None:
    """Take in the inbox."""
    inbox.take_inbox(lake(), limits(), NOON)


def cleaning() -> None:
    """Clean what is captured."""
    for shard in clean.pending_shards(lake()):
        clean.clean_shard(lake(), shard, limits())


def extraction() -> None:
    """Extract from what is cleaned."""
    for shard in extract.pending_shards(lake()):
        extract.extract_shard(lake(), shard, limits())


def publishing() -> None:
    """Publish what is there."""
    publish(lake(), Path("warehouse"), Path("sql"), keep=1)


STAGES: dict[str, Callable[[], None]] = {
    "capture": capture, "clean": cleaning, "extract": extraction, "publish": publishing
}  # fmt: skip


def whole() -> None:
    """All stages, one after the other."""
    for stage in STAGES.values():
        stage()


def content(data: Path) -> dict[str, Any]:
    """What a data folder holds for readers: the bytes of each shard, and rows and hash of each published table."""
    kept = Lake(data / "lake")
    with connect(data / "warehouse/warehouse.duckdb") as con:
        found: dict[str, Any] = dict(content_hashes(con))
    return found | {s.path: kept.store.read(s.path) for s in kept.shards()}


def sound() -> None:
    """Hold what readers see to be whole: each shard that counts, and the generation that is published, if one is."""
    assert lake().verify() == []
    try:
        with connect(Path("warehouse/warehouse.duckdb"), threads=1) as con:
            assert con.execute("select count(*) from mart.lengths").fetchone() == (2,)
    except NotPublishedError:
        assert not Path("warehouse/warehouse.duckdb").exists()


def killed_before(step: int) -> Callable[[str, tuple[Any, ...]], None]:
    """An audit hook that kills this process before its so manieth step in the current folder."""
    left, here = step, f"{Path.cwd()}/"

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal left
        writes = event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        if (event in STEPS or writes) and os.path.abspath(os.fsdecode(arguments[0])).startswith(here):  # noqa: PTH100  # a path in a hook
            left -= 1
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)

    return hook


def in_a_child(work: Callable[[], None], step: int = 0) -> int:
    """Do the work in a fork of this process, killed before a step; its exit code, or below zero what killed it."""
    sys.stdout.flush()
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        if step:
            sys.addaudithook(killed_before(step))
        work()
    except BaseException:  # noqa: BLE001 - a child of this process must not return into its parent's work
        sys.excepthook(*sys.exc_info())
        sys.stderr.flush()
        os._exit(1)
    os._exit(0)


def kills(stage: Callable[[], None]) -> int:
    """Kill a stage at each of its steps until it comes through; how often that was."""
    for step in range(1, 1000):
        ended = in_a_child(stage, step)
        if ended == 0:
            return step - 1
        assert ended == -signal.SIGKILL
        assert in_a_child(sound) == 0, f"not sound after a kill before step {step}"
    raise AssertionError("it never comes through")


def main(folder: str) -> None:
    """Run undisturbed, and killed."""
    here.let(pytest.MonkeyPatch())
    # what is read once a process is read here, and not by each child
    warm()
    rows_of({name: (text, None) for name, text in DOCUMENTS.items()})
    reference._tables()
    os.chdir(begin(Path(folder) / "undisturbed"))
    assert in_a_child(whole) == 0
    os.chdir(begin(Path(folder) / "killed"))
    print(json.dumps({name: kills(stage) for name, stage in STAGES.items()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
