"""Cleaning: each capture is exactly one of article and reject, and a new cleaner does the day anew."""

import json
from pathlib import Path
from typing import Any

import pytest

from pipelines.ingest.take import take
from pipelines.lake import Lake, arrow_table
from pipelines.schemas import TABLES
from pipelines.settings import Settings
from pipelines.steps import clean as module
from pipelines.steps.clean import clean_captures, clean_shard, pending_shards
from tests.world import DAY, NOON

STORY = (
    "The harbour of Ostreva reopened on Monday after twelve days of storm, and the first ferries carried grain "
    "to the islands before noon.\n\nThe harbour master said that forty ships were waiting outside for their turn, "
    "and that it would take the week to bring them in.\n"
)
LIMITS = Settings(workers=1)

pytestmark = pytest.mark.usefixtures("in_process")


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake")


def captured(lake: Lake, folder: Path, *records: dict[str, Any] | str) -> None:
    file = folder / "export.jsonl"
    file.write_text("\n".join(r if isinstance(r, str) else json.dumps(r) for r in records))
    take([file], lake, NOON, LIMITS)


def outcomes(lake: Lake) -> dict[str, str]:
    """What became of each capture, by its place in the export."""
    (shard,) = lake.shards("raw/captures")
    places = {r["capture_id"]: r["source"].split("#")[1] for r in lake.read(shard).to_pylist()}
    articles = [r for s in lake.shards("clean/articles") for r in lake.read(s).to_pylist()]
    rejects = [r for s in lake.shards("clean/rejects") for r in lake.read(s).to_pylist()]
    ended = [(places[r["capture_id"]], r.get("reason", "article")) for r in (*articles, *rejects)]
    assert len(ended) == len(dict(ended)) == len(places)
    return dict(ended)


def test_each_capture_is_one_article_or_one_reject(lake: Lake, tmp_path: Path) -> None:
    captured(
        lake, tmp_path, {"text": STORY}, "{broken", {"title": "no text"}, {"html": f"<p>{STORY}</p>"}, {"text": " \n"}
    )
    (shard,) = pending_shards(lake)
    done: list[int] = []
    articles, rejects = clean_shard(lake, shard, LIMITS, done.append)
    found = outcomes(lake)
    assert found == {"L1": "article", "L2": "bad_json", "L3": "no_text", "L4": found["L4"], "L5": "no_text"}
    assert (articles + rejects, sum(done)) == (5, 5)
    assert pending_shards(lake) == pending_shards(lake, DAY) == []


@pytest.mark.parametrize(
    "record",
    [
        {"text": STORY + " Half a pair: \ud83d."},
        {"text": STORY, "title": "Half \udc00 a pair"},
        {"text": STORY, "author": ["\ud83d", 7, None, "Ines Okoro"]},
        {"text": STORY, "date": "soon"},
        {"text": STORY, "date": "2026-02-30"},
        {"text": STORY, "date": "2026-03-01 at noon"},
        {"text": STORY, "date": 1772366400},
        {"text": STORY, "date": {"day": 1}},
        {"text": STORY, "url": "not an address", "language": "Klingon"},
        {"text": STORY, "url": "http://[broken"},
        {"text": STORY, "title": ["a", "list"], "section": {"a": 1}},
        {"text": STORY.replace(" ", "\0")},
        {"html": "<p>" + STORY + "</p>" * 3000},
        {"html": "<div>" * 5000 + STORY},
    ],
)
def test_a_strange_record_ends_as_rows_that_can_be_kept(lake: Lake, tmp_path: Path, record: dict[str, Any]) -> None:
    captured(lake, tmp_path, record, {"text": STORY + "Another one."})
    (shard,) = pending_shards(lake)
    clean_shard(lake, shard, LIMITS)
    assert outcomes(lake)["L2"] == "article"


def test_a_new_cleaner_does_the_day_anew_and_its_old_shards_go(
    lake: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    captured(lake, tmp_path, {"text": STORY}, "{broken")
    (shard,) = pending_shards(lake)
    clean_shard(lake, shard, LIMITS)
    old = [lake.store.local(s.path) for s in lake.shards() if s.table != "raw/captures" and s.rows]
    monkeypatch.setattr(module, "CLEANER_VERSION", "2")
    assert (pending_shards(lake), pending_shards(lake, DAY)) == ([], [shard])
    before = lake.version()
    clean_shard(lake, shard, LIMITS)
    assert lake.version() == before + 1
    assert not any(path.exists() for path in old)
    assert lake.column("clean/articles", "cleaner_version") == lake.column("clean/rejects", "cleaner_version") == {"2"}
    assert pending_shards(lake, DAY) == []


def test_a_day_of_rejects_alone_is_done_with_a_new_cleaner_too(
    lake: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    captured(lake, tmp_path, "{broken")
    (shard,) = pending_shards(lake)
    clean_shard(lake, shard, LIMITS)
    monkeypatch.setattr(module, "CLEANER_VERSION", "2")
    clean_shard(lake, shard, LIMITS)
    assert pending_shards(lake, DAY) == []


def test_cleaning_is_the_same_on_any_day(lake: Lake, tmp_path: Path) -> None:
    note = "<p>Subscribe to our letters about books, gardens and travel.</p>"
    dated = {"html": f"<h1>Ostreva</h1><p>{STORY}</p>{note}", "date": "2026-03-01", "url": "https://ledger.example/one"}
    captured(lake, tmp_path, {"text": STORY}, "{broken", dated)
    (shard,) = pending_shards(lake)
    captures = lake.read(shard).to_pylist()
    once, again = clean_captures(captures, LIMITS), clean_captures(captures, LIMITS)
    assert once == again
    for table, rows in once.items():
        assert arrow_table(TABLES[table], rows).num_rows == len(rows) > 0
