"""The lake: strict rows, commits that count whole or not at all, damage that is named."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines import commits as module
from pipelines.commits import Log
from pipelines.lake import Lake, LakeError, OvertakenError, RowError, Shard, Writer, arrow_table
from pipelines.schemas import TABLES
from pipelines.storage import Store, at, sha256
from tests.s3 import overwrite
from tests.world import DAY, row

NEXT = date(2026, 3, 3)


def reject(number: int) -> dict[str, Any]:
    return row("clean/rejects", capture_id=f"c{number}", stage="clean", reason="no_article", detail=f"detail {number}")


def add(lake: Lake, *numbers: int, day: date = DAY, shard: str = "a", version: str = "1") -> list[Shard]:
    with lake.writing() as writer:
        writer.add("clean/rejects", day, shard, version, [reject(n) for n in numbers])
        return writer.commit()


def held(lake: Lake) -> set[str]:
    return lake.column("clean/rejects", "capture_id")


def files(lake: Lake) -> dict[str, bytes]:
    return {e.name: lake.store.read(e.name) for e in lake.store.entries("") if "/" in e.name}


@pytest.fixture
def lake(store: Store) -> Lake:
    return Lake(store)


@pytest.mark.parametrize(
    ("table", "change", "said"),
    [
        ("clean/rejects", {"mood": "sad"}, "unknown {'mood'}"),
        ("clean/rejects", {"reason": None}, "clean/rejects.reason: 1 nulls"),
        ("clean/rejects", {"stage": "load"}, "'load' is none of ingest,clean"),
        ("clean/rejects", {"detail": "half a pair \ud83d"}, "surrogates not allowed"),
        ("clean/rejects", {"detail": 7}, "got a 'int' object"),
        ("clean/rejects", {"detail": b"bytes"}, "would be kept as 'bytes'"),
        ("raw/captures", {"content": "text"}, "content: 'text' would be kept as b'text'"),
        ("clean/rejects", {"captured_at": datetime(2026, 3, 2, 12)}, "captured_at"),  # noqa: DTZ001  # no zone: the point
        ("clean/articles", {"words": 2**40}, "too large"),
        ("clean/articles", {"words": 2.5}, "clean/articles"),
        ("clean/articles", {"published_day": datetime(2026, 3, 2, 12, tzinfo=UTC)}, "published_day"),
        ("clean/articles", {"authors": ["Ines Okoro", None]}, r"authors\[\]: 1 nulls"),
        ("clean/articles", {"authors": None}, "authors: 1 nulls"),
        ("clean/date_evidence", {"zone": "guessed"}, "'guessed' is none of known"),
        ("facts/quantities", {"bound": "roughly"}, "'roughly' is none of at_least"),
        ("facts/quantities", {"value": float("nan")}, "value: nan"),
    ],
)  # fmt: skip
def test_a_row_that_does_not_fit_is_refused(table: str, change: dict[str, Any], said: str) -> None:
    good = row(table)
    assert arrow_table(TABLES[table], [good]).num_rows == 1
    with pytest.raises(RowError, match=said):
        arrow_table(TABLES[table], [good, good | change])


def test_a_missing_key_is_refused_even_where_null_is_allowed() -> None:
    short = row("raw/captures")
    del short["url"]
    with pytest.raises(RowError, match=r"missing \{'url'\}"):
        arrow_table(TABLES["raw/captures"], [short])


def test_what_was_added_counts_from_the_commit_on(lake: Lake) -> None:
    with lake.writing() as writer:
        writer.add("clean/rejects", DAY, "a", "1", [reject(1)])
        assert lake.shards() == []
        writer.commit()
    (shard,) = lake.shards("clean/rejects")
    assert (shard.rows, shard.version, lake.version()) == (1, "1", 1)
    assert lake.shards("raw/captures") == []
    assert lake.read(shard).to_pylist() == [reject(1)]


def test_what_was_never_committed_does_not_exist(lake: Lake) -> None:
    add(lake, 1)
    with lake.writing() as writer:
        writer.add("clean/rejects", DAY, "a", "1", [reject(2)])
    assert held(lake) == {"c1"}
    assert lake.verify() == []


def test_a_shard_takes_the_place_of_its_namesake_in_one_commit(lake: Lake) -> None:
    add(lake, 1, 2)
    add(lake, 3, shard="b")
    (replaced,) = add(lake, 4)
    assert replaced.rows == 2
    assert held(lake) == {"c3", "c4"}
    assert replaced.path in files(lake)  # a reader may have it open; sweeping is another step
    with lake.writing() as writer:
        writer.sweep([replaced])
    assert (replaced.path in files(lake)) is not lake.store.locked
    assert lake.verify() == []


def test_of_two_shards_of_one_name_in_one_commit_the_last_counts(lake: Lake) -> None:
    with lake.writing() as writer:
        writer.add("clean/rejects", DAY, "a", "1", [reject(1)])
        writer.add("clean/rejects", DAY, "a", "1", [reject(2)])
        writer.commit()
    assert held(lake) == {"c2"}


def test_the_same_rows_again_change_no_byte(lake: Lake) -> None:
    add(lake, 1, 2)
    before = files(lake)
    assert add(lake, 1, 2) == []
    assert files(lake) == before


def test_the_same_rows_give_the_same_bytes_elsewhere(new_store: Callable[[], Store]) -> None:
    one, other = Lake(new_store()), Lake(new_store())
    add(one, 1, 2)
    add(other, 1, 2)
    shards = [{k: v for k, v in files(lake).items() if k.endswith(".parquet")} for lake in (one, other)]
    assert shards[0] == shards[1] != {}


def test_a_new_version_with_the_same_rows_is_known_as_the_new_version(lake: Lake) -> None:
    add(lake, version="1")
    add(lake, version="2")
    (shard,) = lake.shards()
    assert shard.version == "2"
    assert lake.verify() == []


def test_checkpoints_hold_the_same_as_the_commits(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CHECKPOINT_EVERY", 3)
    for number in range(8):
        add(lake, number, shard=f"s{number % 3}")
    assert held(lake) == {"c5", "c6", "c7"}
    assert lake.version() == 8
    checkpoints = [name for name in files(lake) if name.endswith(".checkpoint.json")]
    assert checkpoints == ["_commits/000000003.checkpoint.json", "_commits/000000006.checkpoint.json"]
    shards = lake.shards()
    for number in range(1, 7):
        lake.store.delete(f"_commits/{number:09d}.json")  # the last checkpoint stands for all before it
    assert lake.shards() == shards == Lake(lake.store).shards()
    for checkpoint in checkpoints:
        lake.store.delete(checkpoint)
    assert held(lake) != {"c5", "c6", "c7"}


def test_of_two_writers_at_one_number_the_second_is_told(lake: Lake) -> None:
    add(lake, 1)
    slow = Writer(lake, lake.version())  # as if the lock were of a file system that has none
    slow.add("clean/rejects", DAY, "b", "1", [reject(2)])
    add(lake, 3, shard="c")
    with pytest.raises(OvertakenError, match="run again"):
        slow.commit()
    assert held(lake) == {"c1", "c3"}


@pytest.mark.parametrize("hurt", [
    pytest.param(lambda _: b"", id="empty"),
    pytest.param(lambda content: content[:-9], id="cut"),
    pytest.param(lambda content: bytes([*content[:99], content[99] ^ 1, *content[100:]]), id="bit"),
])  # fmt: skip
def test_verify_names_what_is_damaged(lake: Lake, hurt: Callable[[bytes], bytes]) -> None:
    add(lake, 1)
    add(lake, 2, shard="b", day=NEXT)
    (good, bad) = lake.shards()
    overwrite(lake.store, bad.path, hurt(lake.store.read(bad.path)))
    assert lake.verify() == [f"{bad.path}: its bytes have changed since it was written"]
    assert lake.damage(good) is None


def test_verify_names_what_is_missing(lake: Lake) -> None:
    add(lake, 1)
    (shard,) = lake.shards()
    lake.store.delete(shard.path)
    assert lake.verify() == [f"{shard.path}: missing"]
    with pytest.raises(LakeError, match="dateline verify"):
        lake.read(shard)


def test_reading_a_page_with_a_flipped_bit_fails(lake: Lake) -> None:
    add(lake, *range(500))
    (shard,) = lake.shards()
    content = bytearray(lake.store.read(shard.path))
    content[len(content) // 4] ^= 1
    overwrite(lake.store, shard.path, bytes(content))
    with pytest.raises(LakeError, match=r"a-\w+\.parquet"):
        lake.read(shard)


def rewrite(lake: Lake, shard: Shard, *without: str) -> None:
    sink = pa.BufferOutputStream()
    pq.write_table(lake.read(shard).drop_columns(without), sink)
    overwrite(lake.store, shard.path, sink.getvalue().to_pybytes())


def test_a_column_that_a_shard_was_written_without_reads_as_nulls(lake: Lake) -> None:
    with lake.writing() as writer:
        shard = writer.add("raw/captures", DAY, "a", "1", [row("raw/captures", url="http://a", capture_id="c1")])
        writer.commit()
    rewrite(lake, shard, "url", "problem")
    assert lake.read(shard).to_pylist() == [row("raw/captures", capture_id="c1")]
    assert lake.read(shard).schema == TABLES["raw/captures"].schema
    assert lake.read(shard, ["url", "capture_id"]).to_pylist() == [{"url": None, "capture_id": "c1"}]


def test_a_column_without_nulls_that_is_not_there_is_named(lake: Lake) -> None:
    add(lake, 1)
    (shard,) = lake.shards()
    rewrite(lake, shard, "stage")
    with pytest.raises(LakeError, match=rf"{shard.path} lacks stage"):
        lake.read(shard)
    with pytest.raises(LakeError, match=rf"{shard.path} lacks stage"):
        lake.read(shard, ["stage"])
    assert lake.values(shard, "capture_id") == {"c1"}


def test_a_stray_file_is_not_read(lake: Lake) -> None:
    add(lake, 1)
    (shard,) = lake.shards()
    folder = shard.path.rpartition("/")[0]
    overwrite(lake.store, f"{folder}/a-000000000000.parquet", b"")
    overwrite(lake.store, f"{folder}/.b.77.writing", b"half")
    assert held(lake) == {"c1"}
    assert lake.verify() == []


def test_a_full_disk_leaves_no_file_under_a_final_name(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    add(lake, 1)
    before = files(lake)

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        add(lake, 2, shard="b")
    monkeypatch.undo()
    assert files(lake) == before
    add(lake, 2, shard="b")
    assert held(lake) == {"c1", "c2"}


def test_a_commit_is_plain_json(lake: Lake) -> None:
    add(lake, 1)
    entry = json.loads(lake.store.read("_commits/000000001.json"))
    (added,) = entry["added"]
    assert (entry["commit"], entry["removed"], added["day"], added["rows"]) == (1, [], "2026-03-02", 1)


changes = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from([DAY, NEXT]), st.lists(st.integers(0, 5), max_size=3)), max_size=3
)


@settings(max_examples=25)
@given(st.lists(changes, max_size=6))
def test_any_sequence_of_commits_is_as_a_dictionary_of_shards(
    new_store: Callable[[], Store], commits: list[list[tuple[str, date, list[int]]]]
) -> None:
    lake = Lake(new_store())
    model: dict[tuple[str, date], list[int]] = {}
    for commit in commits:
        with lake.writing() as writer:
            for name, day, numbers in commit:
                writer.add("clean/rejects", day, name, "1", [reject(n) for n in numbers])
            writer.sweep(writer.commit())
        model |= {(name, day): numbers for name, day, numbers in commit}
        found = {(s.shard, s.day): lake.read(s).to_pylist() for s in lake.shards()}
        assert found == {key: [reject(n) for n in numbers] for key, numbers in model.items()}
        assert lake.verify() == []


def test_pyarrow_alone_would_have_taken_it() -> None:
    """Why rows are checked at all; if this fails, pyarrow has grown strict, and `arrow_table` can shrink."""
    schema = pa.schema([pa.field("a", pa.string(), nullable=False)])
    assert pa.Table.from_pylist([{"a": None, "b": 1}], schema=schema).num_rows == 1


def as_another_machine(lake: Lake, folder: Path) -> Lake:
    """The same lake, with local copies of its own if it is in a bucket."""
    return Lake(at(lake.store.address, folder))


def test_another_machine_reads_the_same(lake: Lake, tmp_path: Path) -> None:
    add(lake, 1, 2)
    other = as_another_machine(lake, tmp_path)
    assert (other.shards(), held(other)) == (lake.shards(), {"c1", "c2"})
    add(other, 3, shard="b")
    assert held(lake) == {"c1", "c2", "c3"}
    with other.copies(lake.shards(), checked=True) as files:
        assert [sha256(file) for file in files] == [s.sha256 for s in lake.shards()]


def test_writers_that_race_all_get_there_and_lose_nothing(lake: Lake, tmp_path: Path) -> None:
    def write(number: int) -> None:
        mine = as_another_machine(lake, tmp_path / str(number))
        for n in range(4):

            def change(writer: Writer, n: int = n) -> None:
                writer.add("clean/rejects", DAY, f"{number}-{n}", "1", [reject(10 * number + n)])
                writer.commit()

            mine.write(change)

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(write, range(3)))
    assert held(lake) == {f"c{10 * number + n}" for number in range(3) for n in range(4)}
    assert lake.version() == 12
    assert lake.verify() == []


@pytest.mark.parametrize("round_", range(3))
def test_of_writers_at_one_number_exactly_one_commits(lake: Lake, round_: int) -> None:
    add(lake, 0)
    writers = [Writer(lake, lake.version()) for _ in range(4)]  # no lock: as on several machines
    for number, writer in enumerate(writers):
        writer.add("clean/rejects", DAY, "b", "1", [reject(10 + round_ + number // 2)])  # two are of the same mind

    def committed(writer: Writer) -> bool:
        try:
            writer.commit()
        except OvertakenError:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        won = list(pool.map(committed, writers))
    assert sum(won) == 1
    assert held(lake) == {"c0", f"c{10 + round_ + won.index(True) // 2}"}


KILLED = """
import os, signal, sys
from datetime import date
from pathlib import Path
from pipelines.lake import Lake
from pipelines.storage import at
from tests.unit.test_lake import reject
lake = Lake(at(sys.argv[1], Path(sys.argv[2])))
with lake.writing() as writer:
    writer.add("clean/rejects", date(2026, 3, 2), "a", "1", [reject(2)])
    print("written", flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_writer_killed_between_shard_and_commit_leaves_no_trace_for_readers(lake: Lake, tmp_path: Path) -> None:
    add(lake, 1)
    program = [sys.executable, "-c", KILLED, lake.store.address, str(tmp_path)]
    killed = subprocess.run(program, capture_output=True, check=False)
    assert (killed.returncode, killed.stdout) == (-signal.SIGKILL, b"written\n"), killed.stderr
    left = [name for name in files(lake) if name.endswith(".parquet")]
    assert len(left) == 2
    assert (held(lake), lake.version(), lake.verify()) == ({"c1"}, 1, [])
    add(lake, 3, shard="b")
    assert held(lake) == {"c1", "c3"}


def test_what_no_commit_names_is_swept_once_it_is_a_day_old(lake: Lake) -> None:
    add(lake, 1)
    (replaced,) = add(lake, 2)
    kept, stray = lake.shards()[0].path, f"{replaced.path.rpartition('/')[0]}/a-000000000000.parquet"
    overwrite(lake.store, stray, b"left by a killed writer")
    overwrite(lake.store, "notes/of-mine.txt", b"no business of ours")
    now = datetime.now(UTC)
    assert lake.sweep(now) == []
    assert lake.sweep(now + timedelta(days=2)) == sorted([replaced.path, stray])
    assert [name for name in files(lake) if not name.startswith("_commits")] == [kept, "notes/of-mine.txt"]
    assert (held(lake), lake.verify()) == ({"c2"}, [])


def test_a_damaged_copy_is_fetched_anew(lake: Lake) -> None:
    add(lake, 1)
    (shard,) = lake.shards()
    lake.store.local(shard.path).write_bytes(b"bits have fallen over")
    if lake.store.locked:  # the file itself
        with pytest.raises(LakeError, match="has changed since it was written"), lake.copies([shard], checked=True):
            pass
    else:
        with lake.copies([shard], checked=True) as (file,):
            assert sha256(file) == shard.sha256


def test_captured_bytes_leave_no_copy(lake: Lake, tmp_path: Path) -> None:
    other = as_another_machine(lake, tmp_path)
    with lake.writing() as writer:
        shard = writer.add("raw/captures", DAY, "a", "1", [row("raw/captures", content=b"bytes", capture_id="c1")])
        writer.commit()
    for one in (lake, other):
        assert one.values(shard, "capture_id") == {"c1"}
        assert one.read(shard).to_pylist() == [row("raw/captures", content=b"bytes", capture_id="c1")]
        with one.copies([shard]) as (file,):
            assert sha256(file) == shard.sha256
        assert file.exists() is lake.store.locked


def test_the_state_of_a_commit_is_that_of_no_later_one(lake: Lake) -> None:
    """A checkpoint is written after its commit: where there is no lock, others may have committed since."""
    add(lake, 1)
    (first,) = lake.shards()
    add(lake, 2)
    assert Log(lake.store).state(1) == (1, {first.path: first})
    assert Log(lake.store).state()[0] == 2
