"""The checks of a day: each finds what it is for, and nothing else."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from pipelines import lake as module
from pipelines.lake import Lake, Shard
from pipelines.schemas import TABLES
from pipelines.steps.checks import MOST, schema_breaks, unaccounted, untrue_offsets
from tests.world import DAY, article, march, put, row


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake")


def commit_as_it_is(lake: Lake, table: str, made: pa.Table, monkeypatch: pytest.MonkeyPatch) -> Shard:
    """Commit a table as another, laxer writer would."""
    monkeypatch.setattr(module, "arrow_table", lambda *_: made)
    with lake.writing() as writer:
        shard = writer.add(table, DAY, "lax", "1", [])
        writer.commit()
    return shard


def test_a_sound_day_breaks_nothing(lake: Lake) -> None:
    put(lake, "a", march(1), march(2), article("emoji", "👩‍👩‍👧 Año 🌧\0\u0301 fin. ¿Sí?"))
    for table in ("raw/captures", "clean/articles", "facts/mentions"):
        assert schema_breaks(lake, table, DAY) == []
    assert unaccounted(lake, DAY) == []
    for table in ("facts/sentences", "facts/mentions", "facts/quantities", "facts/quotes", "facts/times"):
        assert untrue_offsets(lake, table, DAY) == []


def test_a_changed_byte_breaks_the_schema_check(lake: Lake) -> None:
    put(lake, "a", march(1))
    (shard,) = lake.shards("clean/articles")
    path = lake.store.local(shard.path)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert schema_breaks(lake, "clean/articles", DAY) == [f"{shard.path}: its bytes have changed since it was written"]


def test_a_column_without_nulls_too_few_breaks_it(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    made = pa.Table.from_pylist([row("clean/rejects")], schema=TABLES["clean/rejects"].schema)
    shard = commit_as_it_is(lake, "clean/rejects", made.drop_columns(["stage", "reason"]), monkeypatch)
    (found,) = schema_breaks(lake, "clean/rejects", DAY)
    assert found.startswith(f"{shard.path} lacks stage, reason, which has no nulls")


def test_a_column_too_many_breaks_it(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    made = pa.Table.from_pylist([row("clean/rejects")], schema=TABLES["clean/rejects"].schema)
    shard = commit_as_it_is(lake, "clean/rejects", made.append_column("mood", pa.array(["sad"])), monkeypatch)
    assert schema_breaks(lake, "clean/rejects", DAY) == [f"{shard.path}: its columns are not those of clean/rejects"]


def test_a_day_from_before_a_column_was_declared_breaks_nothing(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = march(1)
    older = pa.Table.from_pylist(rows["raw/captures"], schema=TABLES["raw/captures"].schema).drop_columns(["url"])
    put(lake, "b", {"clean/articles": rows["clean/articles"]})
    commit_as_it_is(lake, "raw/captures", older, monkeypatch)
    assert schema_breaks(lake, "raw/captures", DAY) == []
    assert unaccounted(lake, DAY) == []


def test_a_value_outside_the_list_breaks_it(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    made = pa.Table.from_pylist([row("clean/rejects", stage="load")], schema=TABLES["clean/rejects"].schema)
    shard = commit_as_it_is(lake, "clean/rejects", made, monkeypatch)
    (found,) = schema_breaks(lake, "clean/rejects", DAY)
    assert found.startswith(f"{shard.path}: clean/rejects.stage: 'load' is none of")


def test_a_capture_without_an_outcome_or_with_two_is_named(lake: Lake) -> None:
    lost = {"raw/captures": [row("raw/captures", capture_id="lost")]}
    rejected = {"clean/rejects": [row("clean/rejects", capture_id="capture-v1")]}
    put(lake, "a", march(1), lost, article("v1", "Ostreva. Reopened."), rejected)
    assert unaccounted(lake, DAY) == ["capture capture-v1 has 2 outcomes", "capture lost has 0 outcomes"]


@pytest.mark.parametrize(
    "change", [{"start": 1}, {"end": 3}, {"text": "rain fell"}, {"start": -4, "end": -1}, {"version_id": "unknown"}]
)
def test_a_fact_that_is_not_where_it_says_is_named(lake: Lake, change: dict[str, Any]) -> None:
    rows = march(1)
    rows["facts/mentions"][0] |= change
    put(lake, "a", rows)
    (found,) = untrue_offsets(lake, "facts/mentions", DAY)
    assert "fact 0" in found


def test_no_more_than_so_many_are_listed(lake: Lake) -> None:
    mentions = [row("facts/mentions", version_id="march-1", index=i, start=1, end=2, text="?") for i in range(99)]
    put(lake, "a", march(1) | {"facts/mentions": mentions})
    assert len(untrue_offsets(lake, "facts/mentions", DAY)) == MOST
