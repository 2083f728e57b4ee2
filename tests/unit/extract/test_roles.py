"""What people are said to be: titles, descriptions, parties, regions and bodies, each with its characters."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from pipelines.extract import model
from pipelines.extract.names import mentions
from pipelines.extract.roles import region, roles, seat, title_bounds

Parse = Callable[[str], Doc]
LETTERS = "Dr Ann Lee, (R-Ohio) a chief of Quarry Fund. \n\n(D., S.C.) 42 who is"


def said(doc: Doc) -> dict[str, set[tuple[str, str]]]:
    """For each person, kinds and words of what the text calls them."""
    names = mentions(doc)
    found: dict[str, set[tuple[str, str]]] = {}
    for role in roles(doc, names):
        found.setdefault(names[role["mention"]]["text"], set()).add((role["kind"], role["text"]))
    return found


def test_a_senator_has_title_party_and_state(parse: Parse) -> None:
    doc = parse("Sen. Ruth Okoye (R., S.C.) met Peter Berg, a former Quarry Fund official, in Oslo.")
    assert said(doc) == {
        "Ruth Okoye": {("title", "Sen."), ("party", "R."), ("region", "S.C.")},
        "Peter Berg": {("role", "a former Quarry Fund official"), ("affiliation", "Quarry Fund")},
    }


def test_party_and_region_are_known_by_their_names(parse: Parse) -> None:
    doc = parse("Gov. Peter Berg (R-TX) spoke in Oslo.")
    known = {role["kind"]: (role["name"], role["entity_id"]) for role in roles(doc, mentions(doc))}
    assert known["party"] == ("Republican Party", "org:republican-party")
    assert known["region"] == ("Texas", "Q1439")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ann Lee (D-Ohio) spoke", ["D", "Ohio"]),
        ("Ann Lee, D-Ohio, spoke", ["D", "Ohio"]),
        ("Ann Lee (Lab, Almer West) spoke", ["Lab", "Almer West"]),
        ("Ann Lee (pictured, left) spoke", []),
        ("Ann Lee (Chile, 42) spoke", []),
        ("Ann Lee, D-flat player, spoke", []),
    ],
)
def test_only_parties_have_seats(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end, *_ in seat(text, len("Ann Lee"))] == found


def test_a_constituency_is_no_territory() -> None:
    assert region("Almer West") is None
    assert (state := region("S.C.")) is not None
    assert state.name == "South Carolina"


def test_descriptions_stand_before_and_behind(parse: Parse) -> None:
    text = "The harbour inspector, Ruth Okoye, agreed. Peter Berg, 42, a teacher (retired), stayed."
    assert said(parse(f"{text} Novelist Joan Petty left.")) == {
        "Ruth Okoye": {("role", "The harbour inspector")},
        "Peter Berg": {("role", "a teacher")},
        "Joan Petty": {("role", "Novelist")},
    }


def test_bodies_beside_a_person_are_affiliations(parse: Parse) -> None:
    text = "Israeli Prime Minister Max Holm met Joan Petty of the Baltic Ferry Authority."
    assert said(parse(text)) == {
        "Max Holm": {("title", "Prime Minister"), ("affiliation", "Israeli")},
        "Joan Petty": {("affiliation", "Baltic Ferry Authority")},
    }


def test_title_stands_right_before_the_name() -> None:
    text = "the late Prime Minister Ann Lee"
    assert title_bounds(text, text.index("Ann")) == (4, 23)
    assert title_bounds("painter Ann Lee", 8) is None


@given(st.text(alphabet=st.sampled_from(LETTERS), max_size=150))
@settings(max_examples=60)
def test_any_text_gives_valid_rows(text: str) -> None:
    doc = model.of(text)
    names = mentions(doc)
    rows = roles(doc, names)
    assert all(text[row["start"] : row["end"]] == row["text"] and row["text"].strip() for row in rows)
    assert all(names[row["mention"]]["type"] == "PERSON" and row["name"] for row in rows)
    assert [row["start"] for row in rows] == sorted(row["start"] for row in rows)


@pytest.mark.parametrize(
    "text",
    [
        "They left the party. Chief Inspector Ann Lee said so.",
        "Ann Lee, just back from the harbour, was mending nets.",
    ],
)
def test_what_only_stands_near_is_no_role(parse: Parse, text: str) -> None:
    doc = parse(text)
    said = {row["text"] for row in roles(doc, mentions(doc))}
    assert not {word for words in said for word in words.split()} & {"party.", "mending", "was"}


def test_the_place_of_a_body_is_no_affiliation(parse: Parse) -> None:
    doc = parse("Ann Lee, a teacher at the Almer Institute in Lisbon, left.")
    assert {row["text"] for row in roles(doc, mentions(doc)) if row["kind"] == "affiliation"} == {"Almer Institute"}
