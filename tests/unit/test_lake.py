"""The lake: strict rows, commits that count whole or not at all, damage that is named."""

import json
import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines import lake as module
from pipelines.lake import Lake, LakeError, OvertakenError, RowError, Shard, Writer, arrow_table
from pipelines.schemas import TABLES
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


def files(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root)): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake")


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
    assert (lake.root / replaced.path).exists()  # a reader may have it open; sweeping is another step
    with lake.writing() as writer:
        writer.sweep([replaced])
    assert not (lake.root / replaced.path).exists()
    assert lake.verify() == []


def test_of_two_shards_of_one_name_in_one_commit_the_last_counts(lake: Lake) -> None:
    with lake.writing() as writer:
        writer.add("clean/rejects", DAY, "a", "1", [reject(1)])
        writer.add("clean/rejects", DAY, "a", "1", [reject(2)])
        writer.commit()
    assert held(lake) == {"c2"}


def test_the_same_rows_again_change_no_byte(lake: Lake) -> None:
    add(lake, 1, 2)
    before = files(lake.root)
    assert add(lake, 1, 2) == []
    assert files(lake.root) == before


def test_the_same_rows_give_the_same_bytes_elsewhere(tmp_path: Path) -> None:
    one, other = Lake(tmp_path / "one"), Lake(tmp_path / "other")
    add(one, 1, 2)
    add(other, 1, 2)
    assert files(one.root) == files(other.root)


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
    checkpoints = sorted((lake.root / "_commits").glob("*.checkpoint.json"))
    assert [c.name[:9] for c in checkpoints] == ["000000003", "000000006"]
    shards = lake.shards()
    for commit in (lake.root / "_commits").glob("00000000[1-6].json"):
        commit.unlink()  # the last checkpoint stands for all before it
    assert lake.shards() == shards
    for checkpoint in checkpoints:
        checkpoint.unlink()
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
    pytest.param(lambda p: p.write_bytes(b""), id="empty"),
    pytest.param(lambda p: p.write_bytes(p.read_bytes()[:-9]), id="cut"),
    pytest.param(lambda p: p.write_bytes(bytes([*p.read_bytes()[:99], p.read_bytes()[99] ^ 1, *p.read_bytes()[100:]])),
                 id="bit"),
])  # fmt: skip
def test_verify_names_what_is_damaged(lake: Lake, hurt: Callable[[Path], object]) -> None:
    add(lake, 1)
    add(lake, 2, shard="b", day=NEXT)
    (good, bad) = lake.shards()
    hurt(lake.root / bad.path)
    assert lake.verify() == [f"{bad.path}: its bytes have changed since it was written"]
    assert lake.damage(good) is None


def test_verify_names_what_is_missing(lake: Lake) -> None:
    add(lake, 1)
    (shard,) = lake.shards()
    (lake.root / shard.path).unlink()
    assert lake.verify() == [f"{shard.path}: missing"]
    with pytest.raises(LakeError, match="dateline verify"):
        lake.read(shard)


def test_reading_a_page_with_a_flipped_bit_fails(lake: Lake) -> None:
    add(lake, *range(500))
    (shard,) = lake.shards()
    path = lake.root / shard.path
    content = bytearray(path.read_bytes())
    content[len(content) // 4] ^= 1
    path.write_bytes(content)
    with pytest.raises(LakeError, match=r"a-\w+\.parquet"):
        lake.read(shard)


def test_a_stray_file_is_not_read(lake: Lake) -> None:
    add(lake, 1)
    (shard,) = lake.shards()
    folder = (lake.root / shard.path).parent
    (folder / "a-000000000000.parquet").write_bytes(b"")
    (folder / ".b.77.writing").write_bytes(b"half")
    assert held(lake) == {"c1"}
    assert lake.verify() == []


def test_a_full_disk_leaves_no_file_under_a_final_name(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    add(lake, 1)
    before = files(lake.root)

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        add(lake, 2, shard="b")
    monkeypatch.undo()
    assert files(lake.root) == before
    add(lake, 2, shard="b")
    assert held(lake) == {"c1", "c2"}


def test_a_commit_is_plain_json(lake: Lake) -> None:
    add(lake, 1)
    entry = json.loads((lake.root / "_commits/000000001.json").read_text())
    (added,) = entry["added"]
    assert (entry["commit"], entry["removed"], added["day"], added["rows"]) == (1, [], "2026-03-02", 1)


changes = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from([DAY, NEXT]), st.lists(st.integers(0, 5), max_size=3)), max_size=3
)


@settings(max_examples=40, deadline=None)
@given(st.lists(changes, max_size=6))
def test_any_sequence_of_commits_is_as_a_dictionary_of_shards(
    tmp_path_factory: pytest.TempPathFactory, commits: list[list[tuple[str, date, list[int]]]]
) -> None:
    lake = Lake(tmp_path_factory.mktemp("lake"))
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
