"""What a publication makes anew of some article versions alone is what building everything would give."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines import decisions, models, slices
from pipelines.build import build, outcomes
from pipelines.lake import Lake
from pipelines.load import load
from pipelines.warehouse import content_hashes, create, load_fts
from tests.sql.test_arithmetic import printed
from tests.sql.test_entities import ALL, full_name
from tests.sql.test_figure_timeline import report
from tests.world import DAY, NOON, SQL, Rows, article, march, put

WHOLE = models.load(SQL)
PROJECT = replace(WHOLE, checks=(), macros=())
PEOPLE = ("Otto Brandt", "Brandt", "Dana Lee")
BODIES = ("Almer Fish Board", "AFB", "Norlund AG", "Norlund", "Almer Rangers")
NAMES = (
    [(n, "PERSON") for n in PEOPLE] + [(n, "ORG") for n in BODIES] + [("Port Almer", "GPE"), ("Almer Flood", "EVENT")]
)
PERCENT = printed("percent", "Sales rose 50% from $2 million to $4 million.")
AT = "2026-03-02T12:00:00+00:00"
TAKEN = [
    decisions.Decision(AT, "desk", "merge", ("person:Otto Brandt", "person:Dana Lee"), "", ""),
    decisions.Decision(AT, "desk", "hide", ("org:Almer Fish Board",), "", ""),
]
OWN = "meta.generation", "meta.shards", "meta.models", "meta.relinked", "meta.fresh"


class Warehouse:
    """A warehouse in memory that follows its lake."""

    def __init__(self, folder: Path, project: models.Project = PROJECT) -> None:
        self.project = project
        self.lake = Lake(folder)
        self.con = duckdb.connect()
        load_fts(self.con)

    def follow(self, *taken: decisions.Decision) -> tuple[str, ...]:
        """Bring it up to date; gives the models that were built."""
        loaded = load(self.con, self.lake, self.lake.shards())
        return build(self.con, self.project, loaded.tables | decisions.record(self.con, taken), loaded.fresh)

    def follow_anew(self, *taken: decisions.Decision) -> None:
        """Bring it up to date by building every model whole."""
        create(self.con)
        self.con.execute("delete from meta.models")
        self.follow(*taken)

    def content(self) -> dict[str, tuple[int, str]]:
        return {name: found for name, found in content_hashes(self.con).items() if name not in OWN}


@pytest.fixture
def houses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Warehouse, Warehouse]]:
    """Two that follow one lake."""
    monkeypatch.setattr(slices, "LARGEST", 9)  # slices even of few articles
    made = Warehouse(tmp_path / "lake"), Warehouse(tmp_path / "lake")
    yield made
    for house in made:
        house.con.close()


def drawn(draw: random.Random, number: int) -> Rows:
    """An article that names some of the names, with a figure; now and then a newer version of an older one."""
    names = draw.sample(NAMES, 4)
    value = draw.randint(2, 30)
    sentence = f"{names[0][0]} of {names[1][0]} said {value} people were killed in {names[2][0]} near {names[3][0]}."
    of = draw.randrange(number + 1) if draw.random() < 0.3 else number
    given: dict[str, Any] = {
        "article_id": f"article-{of}",
        "captured_at": NOON + timedelta(hours=number),
        "publisher": draw.choice(["Courier", "Post", None]),
        "title": f"{value} dead",
    }
    day = DAY + timedelta(days=draw.randint(0, 2))
    claim = {"as_of_first": day, "as_of_last": day, "speaker": names[0][0], "speaker_name": names[0][0]}
    return report(
        f"v{number}", sentence, str(value), float(value), names=tuple(names), after=draw.randint(0, 2),
        facts={"counted": "people"}, claim=claim, **{k: v for k, v in given.items() if v is not None},
    )  # fmt: skip


def altered(draw: random.Random, rows: Rows) -> Rows:
    """The same article dated, captured, or read otherwise than it was, or cut into sentences otherwise."""
    version = rows["clean/articles"][0]
    days = timedelta(days=draw.randint(1, 900))
    changes: list[dict[str, dict[str, Any]]] = [
        {"clean/articles": {"published_day": version["published_day"] + days}},
        {"clean/articles": {"captured_at": version["captured_at"] - days}},
        {"facts/claims": {"hedge": "denied"}},
        {"facts/claims": {"as_of_first": DAY + days, "as_of_last": DAY + days}},
        {"facts/quantities": {"value": 77.0, "low": 77.0, "high": 77.0}},
    ]
    if draw.random() < 1 / (1 + len(changes)):
        cut = [row | {"end": row["end"] - 1, "text": row["text"][:-1]} for row in rows["facts/sentences"]]
        return rows | {"facts/sentences": cut}
    change = draw.choice(changes)
    return {table: [row | change.get(table, {}) for row in found] for table, found in rows.items()}


@pytest.mark.parametrize("seed", range(2))
def test_slices_give_what_building_everything_gives(
    houses: tuple[Warehouse, Warehouse], seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    house, anew = houses
    draw = random.Random(seed)  # noqa: S311  # nothing secret
    others = draw.sample([*ALL, full_name(3), march(1), march(2, troops=300), PERCENT], 10)
    held: dict[str, list[Rows]] = {}
    for step in range(7):  # first days that come, then one made anew, then articles that change or go
        shard = f"shard{step if step < 3 else draw.randrange(3)}"
        if step > 3:
            kept = draw.sample(held[shard], len(held[shard]) - 1)
            held[shard] = [altered(draw, rows) if draw.random() < 0.5 else rows for rows in kept]
        else:
            held[shard] = [drawn(draw, 5 * step + i) for i in range(5)] + others[2 * step : 2 * step + 2]
        put(house.lake, shard, *held[shard])
        house.follow()
        anew.follow_anew()
        assert house.content() == anew.content()
    monkeypatch.setattr(slices, "PART", 4)
    house.follow_anew()
    assert house.content() == anew.content()


def found(house: Warehouse) -> dict[str, list[tuple[Any, ...]]]:
    """Versions and scores for each of a few words."""
    query = "select version_id, score from search($1) order by all"
    return {word: house.con.execute(query, [word]).fetchall() for word in ("flood", "killed", "harbour", "otto")}


def test_the_search_index_follows_what_comes_changes_and_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slices, "LARGEST", 9)
    needed = {"core/shared_text", "core/same_article", "core/articles"}
    project = replace(
        WHOLE,
        models=tuple(m for m in WHOLE.models if m.key in needed),
        macros=tuple(m for m in WHOLE.macros if m.name == "search"),
        checks=(),
    )
    house, anew = Warehouse(tmp_path / "lake", project), Warehouse(tmp_path / "lake", project)
    for shard, *texts in (
        ("a", "The flood killed nine.", "Otto Brandt left the harbour. The harbour was closed."),
        ("b", "Floods again.", "Otto is back."),
        ("a", "The flood killed nine."),
        ("b", "Another harbour."),
    ):
        put(house.lake, shard, *(article(f"{shard}{i}", text) for i, text in enumerate(texts)))
        house.follow()
        anew.follow_anew()
        assert found(house) == found(anew)
        assert house.content() == anew.content()
    assert [v for v, _ in found(house)["harbour"]] == ["b0"]
    house.con.execute("update fts_core_articles.docs set len = 0")  # a whole build would mend it
    put(house.lake, "c", article("c0", "Unrelated."))
    house.follow()
    assert house.con.execute("select count(*) from fts_core_articles.docs where len = 0").fetchall() == [(2,)]
    house.con.close()
    anew.con.close()


def misplaced(number: int) -> Rows:
    """An article whose quote is said to begin in another sentence than it does."""
    rows = march(number)
    return rows | {"facts/quotes": [quote | {"sentence": 0} for quote in rows["facts/quotes"]]}


def test_a_claim_that_held_is_looked_into_where_something_is_touched_and_a_broken_one_everywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slices, "LARGEST", 9)
    (check,) = (c for c in WHOLE.checks if (c.table, c.claim) == ("facts/quotes", "begin_in_their_sentence"))
    project = replace(WHOLE, models=(), macros=(), checks=(check,))
    house = Warehouse(tmp_path / "lake", project)
    found = []
    for shard, rows in {"a": march(1), "b": march(2), "c": misplaced(3), "d": march(4)}.items():
        put(house.lake, shard, rows)
        house.follow()
        found.append(outcomes(house.con, project)[0].failures)
        house.con.execute("update facts.quotes set sentence = 9 where version_id = 'march-1'")  # behind its back
    assert found == [0, 0, 1, 2]
    house.con.close()
