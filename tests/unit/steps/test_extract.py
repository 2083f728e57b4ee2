"""Extraction shard by shard: each version once, whatever was captured twice, cleaned anew or versioned up."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from pipelines.lake import Lake, Shard
from pipelines.settings import Settings
from pipelines.steps import extract as module
from pipelines.steps.extract import FACT_TABLES, extract_shard, extract_shards, outdated_shards, pending_shards
from pipelines.storage import at
from tests.s3 import BUCKET, OneAtATime
from tests.world import DAY, row

TEXTS = {
    "v1": "The ministry of Ostreva said 300 soldiers had left on Monday.",
    "v2": "Two ferries carried 1,200 people to Port Almer. Nobody was hurt.",
    "v3": "Prices in Ostreva rose 4% in May, the statistics office said.",
    "poison": "This one cannot be read.",
    "deutsch": "Der Hafen von Ostreva ist seit Montag wieder offen.",
}
NEXT = date(2026, 3, 3)
LIMITS = Settings(workers=1)

pytestmark = pytest.mark.usefixtures("in_process")


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake")


def put(lake: Lake, shard: str, *versions: str, day: date = DAY) -> Shard:
    """A shard of articles, in place of what it held."""
    rows = [
        row("clean/articles", capture_id=f"{shard}-{v}", version_id=v, text=TEXTS[v], published_at="2026-03-02")
        | {"language": "de" if v == "deutsch" else "en"}
        for v in versions
    ]
    with lake.writing() as writer:
        added = writer.add("clean/articles", day, shard, "1", rows)
        writer.sweep(writer.commit())
    return added


def sentences(lake: Lake) -> dict[str, list[str]]:
    """The versions with sentences by the shard that they stand in."""
    return {s.shard: sorted(lake.values(s, "version_id")) for s in lake.shards("facts/sentences")}


def rows(lake: Lake, table: str) -> list[dict[str, Any]]:
    return [r for s in lake.shards(table) for r in lake.read(s).to_pylist()]


def test_what_is_pending_is_done_once(lake: Lake) -> None:
    first, second = put(lake, "a", "v1", "v2"), put(lake, "b", "v3", day=NEXT)
    assert pending_shards(lake) == [first, second]
    assert pending_shards(lake, NEXT) == [second]
    done: list[int] = []
    counts = extract_shard(lake, first, LIMITS, done.append)
    assert (sum(done), counts["facts/sentences"], counts["facts/failures"]) == (2, 3, 0)
    assert set(counts) == set(FACT_TABLES)
    assert pending_shards(lake) == [second]
    assert (pending_shards(lake, DAY), outdated_shards(lake)) == ([], [])
    assert {r["counted"] for r in rows(lake, "facts/quantities")} >= {"soldiers"}


def test_the_same_again_changes_nothing(lake: Lake) -> None:
    shard = put(lake, "a", "v1")
    extract_shard(lake, shard, LIMITS)
    before = lake.version()
    extract_shard(lake, shard, LIMITS)
    assert lake.version() == before


def test_a_version_captured_twice_has_its_facts_once(lake: Lake) -> None:
    one, other = put(lake, "a", "v1", "v2"), put(lake, "b", "v2", "v3", day=NEXT)
    extract_shard(lake, one, LIMITS)
    extract_shard(lake, other, LIMITS)
    assert sentences(lake) == {"a": ["v1", "v2"], "b": ["v3"]}
    assert pending_shards(lake) == []


def test_many_shards_at_once_extract_each_version_once(lake: Lake) -> None:
    shards = [put(lake, "a", "v1", "v2"), put(lake, "b", "v2"), put(lake, "c", "v3", "v1", day=NEXT)]
    done: list[int] = []
    counts = dict(extract_shards(lake, shards, LIMITS, done.append))
    assert list(counts) == shards
    assert (sum(done), [c["facts/sentences"] for c in counts.values()]) == (3, [3, 0, 1])
    assert sentences(lake) == {"a": ["v1", "v2"], "b": [], "c": ["v3"]}
    assert pending_shards(lake) == []


def test_many_shards_made_anew_do_not_lose_what_one_takes_over_from_the_other(lake: Lake) -> None:
    first = [put(lake, "a", "v1", "v2"), put(lake, "b", "v2", "v3")]
    assert len(dict(extract_shards(lake, first, LIMITS))) == 2
    new = put(lake, "c", "v2", day=NEXT)
    again = [put(lake, "a", "v1"), put(lake, "b", "v3", "v2")]
    assert {s for s, _ in extract_shards(lake, [new, *again], LIMITS)} == {new, *again}
    assert sorted(v for versions in sentences(lake).values() for v in versions) == ["v1", "v2", "v3"]
    assert sentences(lake)["a"] == ["v1"]


def test_when_a_shard_cleaned_anew_loses_a_version_the_other_takes_it_over_in_the_same_commit(lake: Lake) -> None:
    extract_shard(lake, put(lake, "a", "v1", "v2"), LIMITS)
    extract_shard(lake, put(lake, "b", "v2", "v3", day=NEXT), LIMITS)
    again = put(lake, "a", "v1")
    assert pending_shards(lake, DAY) == [again]
    before = lake.version()
    extract_shard(lake, again, LIMITS)
    assert sentences(lake) == {"a": ["v1"], "b": ["v2", "v3"]}
    assert lake.version() == before + 1
    assert (pending_shards(lake, DAY), pending_shards(lake, NEXT)) == ([], [])


def test_of_two_heirs_one_takes_it_over(lake: Lake) -> None:
    for name in "abc":
        extract_shard(lake, put(lake, name, "v2"), LIMITS)
    extract_shard(lake, put(lake, "a", "v1"), LIMITS)
    assert sentences(lake) == {"a": ["v1"], "b": ["v2"], "c": []}


def test_what_another_run_extracts_meanwhile_is_left_to_it(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = put(lake, "a", "v1", "v2"), put(lake, "b", "v2", day=NEXT)
    plain = module._gathered

    def slowly(*given: Any) -> Any:
        monkeypatch.setattr(module, "_gathered", plain)
        extract_shard(lake, other, LIMITS)
        return plain(*given)

    monkeypatch.setattr(module, "_gathered", slowly)
    extract_shard(lake, one, LIMITS)
    assert sentences(lake) == {"a": ["v1"], "b": ["v2"]}


def test_what_another_machine_commits_a_moment_earlier_is_left_to_it(
    s3: OneAtATime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert s3.deaf_to is None
    store = at(f"s3://{BUCKET}/{uuid4()}", tmp_path)
    lake, elsewhere = Lake(store), Lake(store)
    one, other = put(lake, "a", "v1", "v2"), put(lake, "b", "v2", day=NEXT)
    plain = store.create

    def late(name: str, content: bytes) -> None:
        monkeypatch.setattr(store, "create", plain)
        extract_shard(elsewhere, other, LIMITS)
        store.create(name, content)

    monkeypatch.setattr(store, "create", late)
    extract_shard(lake, one, LIMITS)
    assert sentences(lake) == {"a": ["v1"], "b": ["v2"]}
    assert (lake.verify(), pending_shards(lake)) == ([], [])


def test_an_article_that_fails_is_a_row_and_the_others_are_done(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipelines.extract import document

    plain = document.facts

    def facts(doc: Any, published: Any) -> Any:
        if doc.text == TEXTS["poison"]:
            raise ZeroDivisionError("no way")
        return plain(doc, published)

    monkeypatch.setattr(document, "facts", facts)
    one, other = put(lake, "a", "v1", "poison", "v2"), put(lake, "b", "poison", day=NEXT)
    extract_shard(lake, one, LIMITS)
    extract_shard(lake, other, LIMITS)
    assert sentences(lake)["a"] == ["v1", "v2"]
    (failure,) = rows(lake, "facts/failures")
    assert (failure["version_id"], failure["error"]) == ("poison", "ZeroDivisionError: no way")
    assert pending_shards(lake) == []


def test_another_language_has_no_facts_and_is_done(lake: Lake) -> None:
    shard = put(lake, "a", "deutsch")
    assert extract_shard(lake, shard, LIMITS)["facts/sentences"] == 0
    assert pending_shards(lake) == []


def test_a_new_extractor_does_a_day_anew_and_its_old_shards_go(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = put(lake, "a", "v1", "v2"), put(lake, "b", "deutsch")
    later = put(lake, "c", "v3", day=NEXT)
    for shard in (one, other, later):
        extract_shard(lake, shard, LIMITS)
    old = {lake.store.local(s.path) for s in lake.shards() if s.table in FACT_TABLES and s.rows and s.day == DAY}
    for place in ("pipelines.steps.extract.extractor_version", "pipelines.extract.rows.extractor_version"):
        monkeypatch.setattr(place, lambda: "2+test")
    assert (pending_shards(lake), outdated_shards(lake)) == ([], [one, other, later])
    assert pending_shards(lake, DAY) == [one, other]
    before = lake.version()
    for shard in (one, other):
        extract_shard(lake, shard, LIMITS)
    assert lake.version() == before + 2
    assert (pending_shards(lake, DAY), outdated_shards(lake)) == ([], [later])
    assert {r["extractor_version"] for r in rows(lake, "facts/sentences") if r["version_id"] != "v3"} == {"2+test"}
    assert Counter(path.exists() for path in old) == {False: len(old)}
    assert lake.verify() == []
    assert sentences(lake) == {"a": ["v1", "v2"], "b": [], "c": ["v3"]}
