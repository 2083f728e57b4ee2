"""Files into the lake: each document once, and the counts add up."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pipelines.ingest import files
from pipelines.ingest.take import Taken, take
from pipelines.lake import Lake
from pipelines.schemas import Capture
from pipelines.settings import Settings
from pipelines.storage import Store
from tests.world import DAY, NOON, row


@pytest.fixture
def lake(store: Store) -> Lake:
    return Lake(store)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("The harbour of Ostreva reopened.")
    (folder / "b.txt").write_text("The harbour of Ostreva reopened.")
    (folder / "c.txt").write_text("")
    records = [json.dumps({"text": f"Ferry {n} sails again."}) for n in range(5)]
    (folder / "d.jsonl").write_text("\n".join([*records, "{broken"]))
    (folder / "e.doc").write_text("left out")
    return folder


def test_the_counts_add_up(lake: Lake, inbox: Path) -> None:
    seen: list[None] = []
    taken = take([inbox], lake, NOON, Settings(), lambda: seen.append(None))
    assert taken == Taken(files=4, new=8, known=1, problems=2, skipped=[str(inbox / "e.doc")])
    assert (taken.documents, len(seen)) == (9, 4)
    (shard,) = lake.shards()
    assert (shard.table, shard.day, shard.rows) == ("raw/captures", DAY, 8)


def test_the_same_again_is_known_and_changes_nothing(lake: Lake, inbox: Path) -> None:
    take([inbox], lake, NOON, Settings())
    before = lake.version()
    again = take([inbox, inbox / "a.txt"], lake, NOON, Settings())
    assert (again.new, again.known) == (0, 10)
    assert lake.version() == before


def test_the_lake_is_no_news(inbox: Path) -> None:
    lake = Lake(inbox / "data" / "lake")
    take([inbox], lake, NOON, Settings())
    again = take([inbox], lake, NOON, Settings())
    assert (again.files, again.new, again.skipped) == (4, 0, [str(inbox / "e.doc")])


@pytest.mark.parametrize(("limits", "rows"), [({"shard_rows": 3}, [3, 3, 2]), ({"shard_megabytes": 1}, [1, 1, 7])])
def test_shards_are_of_bounded_size(lake: Lake, inbox: Path, limits: dict[str, int], rows: list[int]) -> None:
    if "shard_megabytes" in limits:
        (inbox / "a.txt").write_text("Ostreva " * 2**17)
        (inbox / "b.txt").write_text("Ferries " * 2**17)
    take([inbox], lake, NOON, Settings(**limits))  # type: ignore[arg-type]
    assert [s.rows for s in lake.shards()] == rows


def test_nothing_is_taken_where_a_path_is_wrong(lake: Lake, inbox: Path) -> None:
    with pytest.raises(FileNotFoundError):
        take([inbox, inbox / "gone"], lake, NOON, Settings())
    assert lake.version() == 0


def test_what_cannot_be_written_is_an_error_also_of_the_last_batch(inbox: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    for rows in (1, 500):
        with pytest.raises(OSError, match="file"):
            take([inbox], Lake(tmp_path / "file"), NOON, Settings(shard_rows=rows))


def test_what_another_run_captures_meanwhile_is_not_captured_twice(
    lake: Lake, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = files.captures

    def slowly(file: Path, *rest: object) -> list[Capture]:
        found = list(read(file, *rest))  # type: ignore[arg-type]
        if file.name == "d.jsonl":
            monkeypatch.setattr("pipelines.ingest.take.captures", read)
            take([inbox / "a.txt", inbox / "d.jsonl"], lake, NOON, Settings())
        return found

    monkeypatch.setattr("pipelines.ingest.take.captures", slowly)
    taken = take([inbox], lake, NOON, Settings())
    assert (taken.new, taken.known, taken.problems) == (1, 8, 1)
    ids = [i for s in lake.shards() for i in lake.read(s, ["capture_id"]).column(0).to_pylist()]
    assert len(ids) == len(set(ids)) == 8


def test_runs_at_once_capture_each_document_once(lake: Lake, inbox: Path) -> None:
    def run(first: str, shard_rows: int) -> Taken:
        files = [inbox / first, inbox / "d.jsonl", inbox / "b.txt"]
        return take(files, Lake(lake.store), NOON, Settings(shard_rows=shard_rows))

    with ThreadPoolExecutor(3) as pool:
        taken = list(pool.map(run, ["a.txt", "b.txt", "c.txt"], [1, 2, 3]))
    ids = [i for s in lake.shards() for i in lake.read(s, ["capture_id"]).column(0).to_pylist()]
    assert len(ids) == len(set(ids)) == sum(t.new for t in taken) == 8
    assert sum(t.documents for t in taken) == 3 * 8


def test_a_run_that_only_repeats_another_commits_nothing(
    lake: Lake, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Lake, "column", lambda *_: set())  # as if both had looked at the same moment
    take([inbox / "a.txt"], lake, NOON, Settings())
    monkeypatch.undo()
    assert take([inbox / "a.txt"], lake, NOON, Settings()).known == 1
    assert lake.version() == 1


def test_the_rows_are_of_the_declared_kind(lake: Lake, inbox: Path) -> None:
    take([inbox], lake, NOON, Settings())
    (shard,) = lake.shards()
    found = lake.read(shard).to_pylist()
    assert found[0].keys() == row("raw/captures").keys()
    assert [r["source"].removeprefix(f"{inbox}/") for r in found] == [
        "a.txt", "c.txt", "d.jsonl#L1", "d.jsonl#L2", "d.jsonl#L3", "d.jsonl#L4", "d.jsonl#L5", "d.jsonl#L6",
    ]  # fmt: skip
