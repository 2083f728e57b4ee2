"""Who is who across articles: places, surnames, acronyms, namesakes, decisions; no order of arrival matters."""

import tempfile
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.decisions import Decision, append
from pipelines.extract.name_clusters import entity
from pipelines.lake import Lake
from pipelines.publish import publish
from pipelines.warehouse import connect
from tests.sql.conftest import Filled
from tests.world import DAY, NOON, SQL, Rows, article, in_memory, put, row, span

Name = tuple[str, Any, str]  # surface, type, canonical name in the article
AT = "2026-03-02T12:00:00+00:00"

LEE = ("Dana Lee", "PERSON", "Dana Lee")
OTTO = ("Otto Brandt", "PERSON", "Otto Brandt")
RANGERS = ("Almer Rangers", "ORG", "Almer Rangers")
FRANCE, TEXAS = ("France", "GPE", "France"), ("Texas", "GPE", "Texas")
PARIS = ("Paris", "GPE", "Paris")


def story(version: str, text: str, *names: Name, said: Sequence[str] = (), **given: Any) -> Rows:
    """An article and its names, each where it first stands; what is said to be is so of the first of them."""
    rows = article(version, text, **given)
    found = sorted((text.index(surface), surface, kind, name) for surface, kind, name in names)
    mentions = []
    for index, (start, surface, kind, name) in enumerate(found):
        whole = entity(name, kind)
        sentence = next(s["index"] for s in rows["facts/sentences"] if s["start"] <= start < s["end"])
        where = {"start": start, "end": start + len(surface), "text": surface, "sentence": sentence}
        about = {"type": kind, "entity_id": whole.id, "name": whole.name}
        mentions.append(row("facts/mentions", version_id=version, index=index, **where, **about))
    about = {"version_id": version, "mention": 0, "kind": "role"}
    roles = [row("facts/roles", index=i, **about, **span(text, words), name=words) for i, words in enumerate(said)]
    return rows | {"facts/mentions": mentions, "facts/roles": roles}


def who(con: duckdb.DuckDBPyConnection, version: str) -> dict[str, str]:
    """What each name of an article stands for."""
    query = "select mention_id, entity_id from core.article_entities where version_id = ?"
    return dict(con.execute(query, [version]).fetchall())


GOALKEEPER = story(
    "keeper", "Goalkeeper Dana Lee saved a penalty. Almer Rangers drew.", LEE, RANGERS, said=["Goalkeeper"]
)
SENATOR = story(
    "senator",
    "Senator Dana Lee and Otto Brandt left the chamber.",
    LEE,
    OTTO,
    said=["Senator"],
    published_day=DAY + timedelta(days=1),
)
MATCH = story("match", "Dana Lee was hurt. Almer Rangers lost.", LEE, RANGERS)


def test_two_people_of_one_name_are_two(filled: Filled) -> None:
    con = filled(GOALKEEPER, SENATOR, MATCH)
    assert who(con, "keeper")["person:dana-lee"] == "person:dana-lee"
    assert who(con, "senator")["person:dana-lee"] == "person:dana-lee~public"
    assert who(con, "match")["person:dana-lee"] == "person:dana-lee"


def test_one_person_in_two_walks_of_life_is_one(filled: Filled) -> None:
    both = story("both", "Senator Dana Lee, a former goalkeeper, smiled.", LEE, said=["Senator", "a former goalkeeper"])
    con = filled(GOALKEEPER, SENATOR, both)
    assert {who(con, v)["person:dana-lee"] for v in ("keeper", "senator", "both")} == {"person:dana-lee"}


def test_one_person_is_told_by_the_company(filled: Filled) -> None:
    senator = story("senator", "Senator Dana Lee thanked Almer Rangers.", LEE, RANGERS, said=["Senator"])
    con = filled(GOALKEEPER, senator)
    assert who(con, "senator")["person:dana-lee"] == who(con, "keeper")["person:dana-lee"]


@pytest.mark.parametrize(
    ("text", "names", "country"),
    [
        ("Rain fell on Paris, in the north of France.", (PARIS, FRANCE), "fr"),
        ("Rain fell on Paris, Texas, all day.", (PARIS, TEXAS), "us"),
        ("Rain fell on Paris.", (PARIS,), "fr"),
    ],
)
def test_a_city_is_found_by_what_is_named_beside_it(
    filled: Filled, text: str, names: tuple[Name, ...], country: str
) -> None:
    con = filled(story("rain", text, *names))
    found = con.execute("select code, latitude > 20 from mart.places where population > 0").fetchall()
    assert found == [(country, True)]


def test_a_small_town_of_many_is_not_guessed(filled: Filled) -> None:
    con = filled(story("rain", "Rain fell on Springfield.", ("Springfield", "GPE", "Springfield")))
    assert who(con, "rain") == {"place:springfield": "place:springfield"}


def test_a_country_has_its_codes(filled: Filled) -> None:
    con = filled(story("rain", "Rain fell on France.", FRANCE))
    found = con.execute("select entity_id, name, code, alpha3, wikidata_id from core.entities").fetchall()
    assert found == [("Q142", "France", "fr", "fra", "Q142")]


def full_name(number: int) -> Rows:
    return story(f"full-{number}", "Otto Brandt met Almer Rangers.", OTTO, RANGERS)


def test_a_surname_alone_is_the_one_of_that_name_in_the_same_company(filled: Filled) -> None:
    alone = story("alone", "Brandt praised Almer Rangers.", ("Brandt", "PERSON", "Brandt"), RANGERS)
    stranger = story("stranger", "Brandt sold a boat.", ("Brandt", "PERSON", "Brandt"))
    con = filled(full_name(1), full_name(2), alone, stranger)
    assert who(con, "alone")["person:brandt"] == "person:otto-brandt"
    assert who(con, "stranger")["person:brandt"] == "person:brandt"


def test_a_surname_of_two_is_nobodys(filled: Filled) -> None:
    ida = [
        story(f"ida-{n}", "Ida Brandt met Almer Rangers.", ("Ida Brandt", "PERSON", "Ida Brandt"), RANGERS)
        for n in (1, 2)
    ]
    alone = story("alone", "Brandt praised Almer Rangers.", ("Brandt", "PERSON", "Brandt"), RANGERS)
    con = filled(full_name(1), full_name(2), *ida, alone)
    assert who(con, "alone")["person:brandt"] == "person:brandt"


def test_a_surname_that_is_not_the_one_named_in_full_is_of_another(filled: Filled) -> None:
    ida, brandt = ("Ida Brandt", "PERSON", "Ida Brandt"), ("Brandt", "PERSON", "Brandt")
    family = [story(f"ida-{n}", "Ida Brandt met Almer Rangers.", ida, RANGERS) for n in range(12)]
    told = story(
        "told", "Otto Brandt praised Almer Rangers. Mrs. Brandt agreed.", OTTO, RANGERS, ("Brandt agreed", *brandt[1:])
    )
    con = filled(*family, told)
    assert who(con, "told")["person:brandt"] == "person:ida-brandt"


def test_a_surname_is_of_those_who_were_named_about_then(filled: Filled) -> None:
    later = DAY + timedelta(days=365 * 20)
    ida = [
        story(
            f"ida-{n}",
            "Ida Brandt met Almer Rangers.",
            ("Ida Brandt", "PERSON", "Ida Brandt"),
            RANGERS,
            published_day=later,
        )
        for n in range(6)
    ]
    brandt = ("Brandt", "PERSON", "Brandt")
    text = "Brandt praised Almer Rangers."
    con = filled(
        full_name(1),
        full_name(2),
        *ida,
        story("then", text, brandt, RANGERS),
        story("now", text, brandt, RANGERS, published_day=later),
    )
    assert who(con, "then")["person:brandt"] == "person:otto-brandt"
    assert who(con, "now")["person:brandt"] == "person:ida-brandt"


def test_a_surname_stays_known_but_is_not_before_its_time(filled: Filled) -> None:
    hall = ("Almer Hall", "ORG", "Almer Hall")
    full = [
        story(f"full-{n}", "Otto Brandt met Almer Rangers at Almer Hall.", OTTO, RANGERS, hall, published_day=when)
        for n, when in enumerate([DAY, DAY + timedelta(days=5)])
    ]
    brandt, text = ("Brandt", "PERSON", "Brandt"), "Brandt praised Almer Rangers in Almer Hall."

    def alone(version: str, years: int, *names: Name) -> Rows:
        return story(version, text, brandt, *names, published_day=DAY + timedelta(days=365 * years))

    con = filled(
        *full,
        alone("later", 5, RANGERS, hall),
        alone("less", 5, RANGERS),
        alone("long after", 15, RANGERS, hall),
        alone("before", -5, RANGERS, hall),
    )
    assert who(con, "later")["person:brandt"] == "person:otto-brandt"
    assert {who(con, v)["person:brandt"] for v in ("less", "long after", "before")} == {"person:brandt"}


def test_a_surname_taken_for_a_body_is_somebodys_where_nearly_all_articles_say_so(filled: Filled) -> None:
    ida, hall = ("Ida Lund", "PERSON", "Ida Lund"), ("Almer Hall", "ORG", "Almer Hall")
    full = [story(f"full-{n}", "Otto Brandt met Ida Lund at Almer Hall.", OTTO, ida, hall) for n in range(4)]
    body = ("Brandt", "ORG", "Brandt")
    mistaken = story("mistaken", "Ida Lund met Brandt at Almer Hall.", ida, body, hall)
    con = filled(*full, mistaken)
    assert who(con, "mistaken")["org:brandt"] == "person:otto-brandt"
    con = filled(*full[:3], mistaken)
    assert who(con, "mistaken")["org:brandt"] == "org:brandt"
    con = filled(*full, story("firm", "Ida Lund bought shares of Brandt.", ida, body))
    assert who(con, "firm")["org:brandt"] == "org:brandt"


def test_forms_of_a_given_name_are_one_in_the_same_company(filled: Filled) -> None:
    ida = ("Ida Lund", "PERSON", "Ida Lund")

    def named(version: str, name: str, *company: Name) -> Rows:
        return story(version, f"{name} met Ida Lund and Almer Rangers.", (name, "PERSON", name), *company)

    con = filled(
        *(named(f"whole-{n}", "Gregory Berg", ida, RANGERS) for n in (1, 2)),
        named("short", "Greg Berg", ida, RANGERS),
        *(named(f"doubled-{n}", "Garrett Holm", ida, RANGERS) for n in (1, 2)),
        named("single", "Garret Holm", ida, RANGERS),
        *(named(f"dave-{n}", "David Falk", RANGERS) for n in (1, 2)),
        named("other company", "Dave Falk", RANGERS),
        named("christian", "Christian Roe", ida, RANGERS),
        named("christina", "Christina Roe", ida, RANGERS),
        named("either", "Chris Roe", ida, RANGERS),
    )
    assert who(con, "short")["person:greg-berg"] == "person:gregory-berg"
    assert who(con, "single")["person:garret-holm"] == "person:garrett-holm"
    assert who(con, "other company")["person:dave-falk"] == "person:dave-falk"
    assert who(con, "either")["person:chris-roe"] == "person:chris-roe"


def test_two_in_one_article_are_not_one_by_their_forms(filled: Filled) -> None:
    ida = ("Ida Lund", "PERSON", "Ida Lund")
    whole, short = ("Gregory Berg", "PERSON", "Gregory Berg"), ("Greg Berg", "PERSON", "Greg Berg")
    con = filled(
        story("whole", "Gregory Berg met Ida Lund and Almer Rangers.", whole, ida, RANGERS),
        story("both", "Greg Berg met Gregory Berg, Ida Lund and Almer Rangers.", short, whole, ida, RANGERS),
    )
    assert who(con, "both")["person:greg-berg"] == "person:greg-berg"


def test_a_group_is_one_without_the_word_where_an_article_says_so(filled: Filled) -> None:
    def named(version: str, surface: str, name: str) -> Rows:
        return story(version, f"{surface} grew.", (surface, "ORG", name))

    con = filled(
        story(
            "told",
            "Norlund Group Corp. grew. Norlund is old.",
            ("Norlund Group Corp", "ORG", "Norlund Group Corp"),
            ("Norlund is", "ORG", "Norlund Group Corp"),
        ),
        named("alone", "Norlund", "Norlund"),
        named("other", "Almer Group", "Almer Group"),
    )
    assert who(con, "told") == {"org:norlund-group-corp": "org:norlund-group"}
    con = filled(
        named("told", "Norlund Group Corp", "Norlund Group Corp"),
        named("short", "Norlund", "Norlund Group Corp"),
        named("alone", "Norlund", "Norlund"),
        named("other", "Almer Group", "Almer Group"),
    )
    assert who(con, "told") == {"org:norlund-group-corp": "org:norlund"}
    assert who(con, "alone") == {"org:norlund": "org:norlund"}
    assert who(con, "other") == {"org:almer-group": "org:almer-group"}


def test_bodies_of_the_united_nations_are_one_in_full_and_in_short(filled: Filled) -> None:
    con = filled(
        story(
            "full",
            "United Nations Fish Council met.",
            ("United Nations Fish Council", "ORG", "United Nations Fish Council"),
        ),
        story("short", "U.N. Fish Council met.", ("U.N. Fish Council", "ORG", "U.N. Fish Council")),
    )
    assert set(who(con, "full").values()) == set(who(con, "short").values()) == {"org:un-fish-council"}


def test_an_acronym_is_what_an_article_spells_out(filled: Filled) -> None:
    board = ("Almer Fish Board", "ORG", "Almer Fish Board")
    short = ("AFB", "ORG", "AFB")
    con = filled(
        story("spelt", "The Almer Fish Board (AFB) met.", board, short), story("alone", "The AFB met again.", short)
    )
    assert who(con, "spelt")["org:afb"] == who(con, "alone")["org:afb"] == "org:almer-fish-board"
    assert con.execute("select name, names from mart.entities").fetchall() == [
        ("Almer Fish Board", ["AFB", "Almer Fish Board"])
    ]


def test_an_initial_that_only_one_has_is_left_out(filled: Filled) -> None:
    def named(version: str, name: str) -> Rows:
        return story(version, f"{name} spoke.", (name, "PERSON", name))

    con = filled(
        named("1", "Otto Brandt"),
        named("2", "Otto K. Brandt"),
        named("3", "Ida Lund"),
        named("4", "Ida A. Lund"),
        named("5", "Ida B. Lund"),
    )
    assert who(con, "2") == {"person:otto-k-brandt": "person:otto-brandt"}
    assert who(con, "4") == {"person:ida-a-lund": "person:ida-a-lund"}


def test_likely_duplicates_are_shown_with_their_evidence(filled: Filled) -> None:
    one = story("1", "Mikhail Orlov spoke.", ("Mikhail Orlov", "PERSON", "Mikhail Orlov"))
    other = story("2", "Mikhael Orlov spoke.", ("Mikhael Orlov", "PERSON", "Mikhael Orlov"))
    con = filled(one, other, full_name(1))
    found = con.execute("select name, other_name, evidence from mart.entity_duplicates").fetchall()
    assert [(sorted(names), evidence) for *names, evidence in found] == [
        (["Mikhael Orlov", "Mikhail Orlov"], "surname")
    ]


def test_roles_are_read_beside_the_name(filled: Filled) -> None:
    con = filled(
        GOALKEEPER,
        story("2", "Otto Brandt, a retired surgeon from Almer, agreed.", OTTO, said=["a retired surgeon from Almer"]),
    )
    found = con.execute("select name, role, field from mart.entity_roles order by all").fetchall()
    assert found == [("Dana Lee", "Goalkeeper", "sport"), ("Otto Brandt", "retired surgeon from Almer", "science")]


BRANDT, BOARD, AFB = (
    ("Brandt", "PERSON", "Brandt"),
    ("Almer Fish Board", "ORG", "Almer Fish Board"),
    ("AFB", "ORG", "AFB"),
)
STORIES = [
    (GOALKEEPER, SENATOR, MATCH, full_name(1), full_name(2)),
    (
        story("paris", "Rain fell on Paris, Texas, said Brandt of Almer Rangers.", PARIS, TEXAS, RANGERS, BRANDT),
        story("board", "The Almer Fish Board (AFB) met.", BOARD, AFB),
        story("afb", "The AFB met.", AFB),
    ),
]  # fmt: skip
ALL = [s for group in STORIES for s in group]
REGISTRY = "select * from core.article_entities order by all", "select * from core.entities order by all"


def arriving(stories: Sequence[Rows]) -> list[Rows]:
    """The stories, captured one after the other in this order."""
    moved: list[Rows] = []
    for minutes, rows in enumerate(stories):
        at = {"captured_at": NOON + timedelta(minutes=minutes)}
        tables = ("raw/captures", "clean/articles")
        moved.append({t: [r | at if t in tables else r for r in found] for t, found in rows.items()})
    return moved


def registry(con: duckdb.DuckDBPyConnection) -> list[list[Any]]:
    return [con.execute(query).fetchall() for query in REGISTRY]


@settings(max_examples=4)
@given(st.permutations(ALL))
def test_no_order_of_arrival_changes_an_id(stories: Sequence[Rows]) -> None:
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        with in_memory(Path(one), *arriving(ALL)) as con:
            first = registry(con)
        with in_memory(Path(other), *arriving(stories)) as con:
            assert registry(con) == first


def test_articles_that_come_day_by_day_give_the_registry_of_all_at_once(tmp_path: Path) -> None:
    lakes = [Lake(tmp_path / name) for name in ("steps", "whole")]
    for number, group in enumerate(STORIES):
        put(lakes[0], f"s{number}", *group)
        publish(lakes[0], tmp_path / "steps-warehouse", SQL)
    put(lakes[1], "a", *ALL)
    publish(lakes[1], tmp_path / "whole-warehouse", SQL)
    found = []
    for name in ("steps", "whole"):
        with connect(tmp_path / f"{name}-warehouse" / "warehouse.duckdb") as con:
            found.append(registry(con))
    assert found[0] == found[1]


def test_later_articles_change_no_id_given_before(tmp_path: Path) -> None:
    lake, found = Lake(tmp_path / "lake"), []
    for number, group in enumerate(STORIES):
        put(lake, f"s{number}", *group)
        publish(lake, tmp_path / "warehouse", SQL)
        with connect(tmp_path / "warehouse" / "warehouse.duckdb") as con:
            found.append({v: who(con, v) for v in ("keeper", "senator", "match", "full-1", "full-2")})
    assert found[0] == found[1]


def test_an_older_namesake_that_comes_late_takes_the_plain_id_and_that_is_written_down(tmp_path: Path) -> None:
    older = story("older", "Senator Dana Lee spoke.", LEE, said=["Senator"], published_day=DAY - timedelta(days=1))
    lake = Lake(tmp_path / "lake")
    for number, group in enumerate([[GOALKEEPER, SENATOR], [older]]):
        put(lake, f"s{number}", *group)
        publish(lake, tmp_path / "warehouse", SQL)
    with connect(tmp_path / "warehouse" / "warehouse.duckdb") as con:
        found = {v: who(con, v)["person:dana-lee"] for v in ("older", "senator", "keeper")}
        told = con.execute("select version_id, old_entity_id, entity_id from meta.relinked order by all").fetchall()
    assert found == {
        "older": "person:dana-lee",
        "senator": "person:dana-lee",
        "keeper": "person:dana-lee~sport",
    }
    assert told == [
        ("keeper", "person:dana-lee", "person:dana-lee~sport"),
        ("senator", "person:dana-lee~public", "person:dana-lee"),
    ]


def test_decisions_are_replayed_and_undone(tmp_path: Path) -> None:
    lake, file = Lake(tmp_path / "lake"), tmp_path / "decisions.csv"
    put(lake, "a", GOALKEEPER, full_name(1))

    def names() -> list[tuple[Any, ...]]:
        publish(lake, tmp_path / "warehouse", SQL, decisions=file)
        with connect(tmp_path / "warehouse" / "warehouse.duckdb") as con:
            return con.execute("select entity_id, name, type from mart.entities order by all").fetchall()

    before = names()
    merged = Decision(AT, "desk", "merge", ("person:dana-lee", "person:otto-brandt"), "", "one man")
    append(file, merged)
    append(file, Decision(AT, "desk", "rename", ("person:dana-lee",), "D. O. Lee", ""))
    append(file, Decision(AT, "desk", "hide", ("org:almer-rangers",), "", ""))
    assert names() == [("person:dana-lee", "D. O. Lee", "PERSON")]
    append(file, Decision(AT, "desk", "retype", ("person:dana-lee",), "ORG", ""))
    assert names() == [("person:dana-lee", "D. O. Lee", "ORG")]
    for number in range(1, 5):
        append(file, Decision(AT, "desk", "undo", (), str(number), ""))
    assert names() == before


def test_articles_are_split_off(tmp_path: Path) -> None:
    lake, file = Lake(tmp_path / "lake"), tmp_path / "decisions.csv"
    put(lake, "a", GOALKEEPER, MATCH)
    append(file, Decision(AT, "desk", "split", ("person:dana-lee", "article-match"), "the fan", ""))
    publish(lake, tmp_path / "warehouse", SQL, decisions=file)
    with connect(tmp_path / "warehouse" / "warehouse.duckdb") as con:
        assert who(con, "match")["person:dana-lee"] == "person:dana-lee~the-fan"
        assert who(con, "keeper")["person:dana-lee"] == "person:dana-lee"
