"""core.shared_text, core.same_article and core.copies: which texts are one article, and which copies of one story."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines import incremental, models
from pipelines.build import build
from pipelines.lake import Lake
from pipelines.link.fingerprint import fingerprint
from pipelines.load import load
from pipelines.warehouse import load_fts
from tests.world import DAY, NOON, SQL, Rows, article, put

WORDS = [a + b + c for a in ("br", "d", "st", "m") for b in "aeiou" for c in ("rn", "lt", "ck", "sh", "nd")]
MODELS = ("core.shared_text", "core.same_article", "core.copies")
EVERY = models.load(SQL)
NEEDED = {*MODELS, "core.articles"}
PROJECT = replace(EVERY, models=tuple(m for m in EVERY.models if m.sql_name in NEEDED), checks=(), macros=())


def prose(seed: int, words: int = 300) -> list[str]:
    draw = random.Random(seed)  # noqa: S311  # nothing secret
    return [draw.choice(WORDS) for _ in range(words)]


def printed(name: str, words: list[str], minute: int, **given: Any) -> Rows:
    """A text as a paper ran it, captured so many minutes past noon."""
    text = " ".join(words)
    about: dict[str, Any] = {"fingerprint": fingerprint(text), "captured_at": NOON + timedelta(minutes=minute)} | given
    rows = article(name, text, **about)
    return rows | {"facts/sentences": []}


class Warehouse:
    """A warehouse in memory that follows its lake."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lake = Lake(folder)
        self.con = duckdb.connect()
        load_fts(self.con)

    def add(self, shard: str, *parts: Rows) -> None:
        put(self.lake, shard, *parts)
        self.follow()

    def follow(self) -> None:
        loaded = load(self.con, self.lake, self.lake.shards())
        build(self.con, PROJECT, loaded.tables, loaded.fresh)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        return self.con.execute(query).fetchall()

    def content(self) -> list[list[tuple[Any, ...]]]:
        return [self.rows(f"from {name} order by all") for name in (*MODELS, "core.articles")]

    def groups(self) -> dict[str, str]:
        return dict(self.rows("select article_id[9:], copy_group[9:] from core.copies"))


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Warehouse]:
    made = Warehouse(tmp_path / "lake")
    yield made
    made.con.close()


def whole(house: Warehouse) -> list[list[tuple[Any, ...]]]:
    """The same lake, built at once."""
    other = Warehouse(house.folder)
    try:
        other.follow()
        return other.content()
    finally:
        other.con.close()


def test_copies_of_one_story_are_one_group(house: Warehouse) -> None:
    story = prose(1)
    house.add(
        "a",
        printed("wire", story, 1, wire="Atlantic News Agency"),
        printed("cut", story[:120], 2, publisher="The Inland Tribune"),
        printed("local", prose(2, 80) + story[:200], 3, publisher="The Harbour Post"),
        printed("other", prose(3), 4),
    )
    assert house.groups() == dict.fromkeys(("wire", "cut", "local"), "wire")
    assert house.rows("select distinct copies, origin from core.copies") == [(3, "Atlantic News Agency")]


def test_a_group_keeps_its_id_and_its_members_whatever_comes_later(house: Warehouse) -> None:
    one, two = prose(1), prose(2)
    house.add(
        "a", printed("one", one, 1), printed("one2", one[:200], 2), printed("two", two, 3), printed("two2", two, 4)
    )
    before = house.groups()
    assert before == {"one": "one", "one2": "one", "two": "two", "two2": "two"}
    house.add("b", printed("both", one + two[:250], 10), printed("one3", one[50:], 11))
    house.add("c", printed("two-edited", two + one, 20, article_id="article-two"))  # an edit takes the other story in
    after = house.groups()
    assert {name: group for name, group in after.items() if name in before} == before
    assert (after["both"], after["one3"]) == ("one", "one")


def test_an_edit_does_not_take_an_article_out_of_its_group(house: Warehouse) -> None:
    story = prose(1)
    house.add("a", printed("wire", story, 1), printed("copy", story[:150], 2))
    house.add("b", printed("copy-edited", prose(9), 3, article_id="article-copy"))
    assert house.groups() == {"wire": "wire", "copy": "wire"}


def test_a_phrase_of_very_many_texts_joins_none(house: Warehouse) -> None:
    fixed = prose(1, 40)
    texts = [printed(f"t{i:03}", fixed + prose(100 + i, 20), i) for i in range(260)]
    house.add("a", *texts[:230])
    house.add("b", *texts[230:])
    latest = house.rows("select distinct version_id from core.shared_text where version_id > 't200'")
    assert latest == []
    assert house.content() == whole(house)


@pytest.mark.parametrize("seed", range(3))
def test_what_is_appended_is_what_is_built_whole(house: Warehouse, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(incremental, "PART", 2)
    draw = random.Random(seed)  # noqa: S311  # nothing secret
    stories = [prose(seed * 100 + i, draw.randint(60, 300)) for i in range(8)]
    minute = 0
    for day in range(5):
        parts = []
        for i in range(8):
            minute += draw.randint(0, 2)
            words = draw.choice(stories)
            cut = words[draw.randint(0, 40) : draw.randint(60, 300)] + prose(draw.randint(0, 9), draw.randint(0, 60))
            old = draw.random() < 0.2 and day
            name = f"s{day - 1}-{i}" if old else f"s{day}-{i}"
            given = {"article_id": f"article-{name}", "publisher": draw.choice(["Courier", "Post", None])}
            parts.append(printed(f"{name}v{day}", cut, minute, **given))
        house.add(f"shard{day}", *parts)
        minute += 1
        assert house.content() == whole(house)
    assert house.rows("select count(*) > 5 from core.shared_text") == [(True,)]


def test_a_day_that_comes_late_or_is_made_anew_changes_what_it_would_have_changed(house: Warehouse) -> None:
    story = prose(1)
    house.add("b", printed("second", story, 10), printed("third", story[:200], 11))
    house.add("a", printed("first", story, 1))  # captured earlier, cleaned later
    assert set(house.groups().values()) == {"first"}
    assert house.content() == whole(house)
    house.add("b", printed("second", prose(5), 10), printed("third", story[:200], 11))
    assert house.groups() == {"first": "first", "third": "first"}
    assert house.content() == whole(house)


def test_only_what_is_new_is_worked_out(house: Warehouse) -> None:
    story = prose(1)
    house.add("a", printed("one", story, 1), printed("two", story, 2))
    house.con.execute("delete from core.shared_text")  # a whole build would bring the row back
    house.add("b", printed("three", story, 3))
    assert house.rows("select version_id, other_id from core.shared_text order by all") == [
        ("three", "one"), ("three", "two"),
    ]  # fmt: skip


def near(house: Warehouse, one: dict[str, Any], other: dict[str, Any]) -> list[tuple[Any, ...]]:
    """The article ids of a text and its slight edit, each with what it is said to come from."""
    story = prose(1)
    edited = [*story[:100], "sixty", *story[101:]]
    house.add("a", printed("first", story, 1, **one), printed("second", edited, 90, **other))
    return house.rows("select version_id, article_id, version from core.articles order by captured_at")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"publisher": "The Almer Courier"}, {"publisher": "Almer Courier"}),
        ({"publisher": "ALMER COURIER", "url": "https://almer.example/a"}, {"publisher": "The Almer Courier"}),
        ({"url": "https://www.almer.example/x?id=4"}, {"url": "http://almer.example/y?id=4&v=2"}),
        ({"url": "https://m.almer.example/x"}, {"url": "https://almer.example/y", "publisher": "The Courier"}),
    ],
)
def test_a_near_equal_text_of_one_paper_or_site_is_a_version(
    house: Warehouse, one: dict[str, Any], other: dict[str, Any]
) -> None:
    assert near(house, one, other) == [("first", "article-first", 1), ("second", "article-first", 2)]
    assert house.groups() == {}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"publisher": "The Almer Courier"}, {"publisher": "The Inland Tribune"}),
        ({"publisher": None}, {"publisher": None}),
        ({"publisher": "The Almer Courier"}, {"publisher": "Almer Courier", "published_day": DAY + timedelta(days=8)}),
        ({"url": "https://almer.example/x"}, {"url": "https://inland.example/x"}),
    ],
)
def test_near_equal_texts_of_two_papers_or_far_apart_are_copies(
    house: Warehouse, one: dict[str, Any], other: dict[str, Any]
) -> None:
    assert near(house, one, other) == [("first", "article-first", 1), ("second", "article-second", 1)]
    assert house.groups() == {"first": "first", "second": "first"}
