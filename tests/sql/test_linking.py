"""Names that are one across articles: companies, ministries, people with initials, places that share a name."""

from typing import Any

import pytest

from tests.sql.conftest import Filled
from tests.sql.test_entities import FRANCE, PARIS, Name, story, who
from tests.world import Rows


def naming(version: str, *names: str, kind: Any = "ORG") -> Rows:
    """An article that names these."""
    return story(version, " and ".join(names) + " met.", *((name, kind, name) for name in names))


def test_a_company_is_one_with_and_without_its_form(filled: Filled) -> None:
    con = filled(
        naming("1", "Norlund AG"), naming("2", "Norlund"), naming("3", "Norlund Inc."), naming("4", "Norlund Co")
    )
    assert [set(who(con, v).values()) for v in "1234"] == [{"org:norlund"}] * 4
    assert con.execute("select name, len(names) from mart.entities").fetchall() == [("Norlund", 4)]


def test_companies_of_one_name_stay_apart_once_an_article_has_two_of_them(filled: Filled) -> None:
    both = naming("both", "Norlund AG", "Norlund Inc.")
    con = filled(both, naming("1", "Norlund AG"), naming("2", "Norlund"))
    assert set(who(con, "both").values()) == {"org:norlund-ag", "org:norlund-inc"}
    assert [set(who(con, v).values()) for v in "12"] == [{"org:norlund-ag"}, {"org:norlund"}]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ministry of the Interior", "Interior Ministry"),
        ("Almer Ministry of Foreign Affairs", "Almer Foreign Ministry"),
        ("Department of Fisheries", "Fisheries Department"),
        ("Ministry of Defence", "Defense Ministry"),
        ("U.S. Coast Patrol", "US Coast Patrol"),
        ("Norlund Steel Co., Ltd.", "Norlund Steel"),
    ],
)
def test_a_body_is_one_however_it_is_written(filled: Filled, one: str, other: str) -> None:
    con = filled(naming("1", one), naming("2", other))
    assert set(who(con, "1").values()) == set(who(con, "2").values())


def test_boards_of_two_countries_are_two(filled: Filled) -> None:
    con = filled(naming("1", "Almer Foreign Ministry"), naming("2", "Norland Foreign Ministry"))
    assert who(con, "1").values() != who(con, "2").values()


def test_an_initial_or_a_generation_that_only_one_has_is_left_out(filled: Filled) -> None:
    one, other = naming("1", "Otto K. Brandt Jr.", kind="PERSON"), naming("2", "Otto K. Brandt", kind="PERSON")
    sons = [naming(f"lund-{n}", f"Ida Lund {n}", kind="PERSON") for n in ("Jr.", "III")]
    irish = naming("irish", "Ann O'Hara", kind="PERSON")
    con = filled(one, other, *sons, irish)
    assert [set(who(con, v).values()) for v in "12"] == [{"person:otto-brandt"}] * 2
    assert [set(who(con, f"lund-{n}").values()) for n in ("Jr.", "III")] == [
        {"person:ida-lund-jr"}, {"person:ida-lund-iii"}
    ]  # fmt: skip
    assert who(con, "irish") == {"person:ann-o-hara": "person:ann-o-hara"}


GEORGIA, ATLANTA, TBILISI = (
    ("Georgia", "GPE", "Georgia"),
    ("Atlanta", "GPE", "Atlanta"),
    ("Tbilisi", "GPE", "Tbilisi"),
)  # fmt: skip
WASHINGTON, STATES = ("Washington", "GPE", "Washington"), ("United States", "GPE", "United States")


@pytest.mark.parametrize(
    ("text", "names", "code"),
    [
        ("Rain fell on Atlanta and all of Georgia.", (ATLANTA, GEORGIA), "us-ga"),
        ("Rain fell on Tbilisi and all of Georgia.", (TBILISI, GEORGIA), "ge"),
        ("Rain fell on Georgia and on the United States.", (GEORGIA, STATES), "ge"),
        ("Rain fell on Georgia.", (GEORGIA,), "ge"),
    ],
)
def test_areas_of_one_name_are_told_by_what_lies_in_them(
    filled: Filled, text: str, names: tuple[Name, ...], code: str
) -> None:
    con = filled(story("rain", text, *names))
    found = con.execute("select code from core.entities where name like 'Georgia%'").fetchall()
    assert found == [(code,)]


@pytest.mark.parametrize(
    ("text", "names", "found"),
    [
        ("Rain fell on Washington.", (WASHINGTON,), "geonames:4140963"),
        ("Rain fell on Washington, D.C.", (("Washington, D.C", "GPE", "Washington, D.C"),), "geonames:4140963"),
        ("Rain fell on Spokane, Washington.", (("Spokane", "GPE", "Spokane"), WASHINGTON), "Q1223"),
    ],
)
def test_washington_is_the_capital_unless_a_city_of_the_state_stands_before_it(
    filled: Filled, text: str, names: tuple[Name, ...], found: str
) -> None:
    con = filled(story("rain", text, *names))
    assert found in who(con, "rain").values()


def test_a_world_city_does_not_give_way_to_a_town_whose_country_is_named(filled: Filled) -> None:
    con = filled(story("rain", "Rain fell on Paris, and nobody in the United States knew.", PARIS, STATES))
    assert who(con, "rain")["place:paris"] == "geonames:2988507"


def test_a_small_town_needs_its_country(filled: Filled) -> None:
    lunel = ("Lunel", "GPE", "Lunel")
    con = filled(
        story("far", "Rain fell on Lunel.", lunel),
        story("near", "Rain fell on Lunel, in the south of France.", lunel, FRANCE),
    )
    assert who(con, "far")["place:lunel"] == "place:lunel"
    assert who(con, "near")["place:lunel"].startswith("geonames:")


NBC, BOARD = ("NBC", "ORG", "NBC"), ("Norland Barge Council", "ORG", "Norland Barge Council")


def test_an_acronym_that_extraction_has_resolved_is_known_in_other_articles(filled: Filled) -> None:
    # Where both stand in one article, extraction gives the acronym the id of the full name.
    spelt = story("spelt", "The Norland Barge Council (NBC) met.", BOARD, ("NBC", "ORG", "Norland Barge Council"))
    con = filled(spelt, story("alone", "The NBC met again.", NBC))
    assert who(con, "alone") == {"org:nbc": "org:norland-barge-council"}


def test_one_article_does_not_say_what_an_acronym_means_in_many(filled: Filled) -> None:
    spelt = story("spelt", "The Norland Barge Council (NBC) met.", BOARD, ("NBC", "ORG", "Norland Barge Council"))
    con = filled(spelt, *(story(f"alone-{n}", f"NBC aired part {n}.", NBC) for n in range(4)))
    assert who(con, "alone-1") == {"org:nbc": "org:nbc"}


def test_a_surname_is_nobody_elses_where_the_article_names_people_of_that_name(filled: Filled) -> None:
    rangers, brandt = ("Almer Rangers", "ORG", "Almer Rangers"), ("Brandt", "PERSON", "Brandt")
    known = [
        story(f"otto-{n}", "Otto Brandt met Almer Rangers.", ("Otto Brandt", "PERSON", "Otto Brandt"), rangers)
        for n in range(3)
    ]
    people = [(f"{first} Brandt", "PERSON", f"{first} Brandt") for first in ("Ida", "Tom")]
    family = story("family", "Ida Brandt and Tom Brandt came. Almer Rangers greeted Brandt.", *people, rangers)
    start = family["clean/articles"][0]["text"].rindex("Brandt")
    last = family["facts/mentions"][-1]
    alone = {"start": start, "end": start + 6, "text": "Brandt", "entity_id": "person:brandt", "name": "Brandt"}
    family["facts/mentions"].append(last | alone | {"index": last["index"] + 1, "type": "PERSON"})
    con = filled(*known, family, story("alone", "Almer Rangers thanked Brandt.", rangers, brandt))
    assert who(con, "family")["person:brandt"] == "person:brandt"
    assert who(con, "alone")["person:brandt"] == "person:otto-brandt"
