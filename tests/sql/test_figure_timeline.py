"""mart.figure_timeline and mart.figure_conflicts: series of one figure, from typed rows."""

from datetime import date, timedelta
from typing import Any

import duckdb
import pytest

from pipelines.link.fingerprint import fingerprint
from tests.sql.conftest import Filled
from tests.sql.test_copies import prose
from tests.sql.test_core import check
from tests.world import DAY, NOON, Rows, article, row, span

PORT = ("Port Almer", "GPE")
FLOOD = ("Almer Flood", "EVENT")
OFFICE = ("Rescue Office", "ORG")
CHECKS = ("figure_timeline.steps", "figure_timeline.one_series", "figure_conflicts.apart")


def report(
    name: str,
    sentence: str,
    figure: str,
    value: float,
    *,
    names: tuple[tuple[str, str], ...] = (PORT, FLOOD),
    after: int = 0,
    lead: str = "",
    facts: dict[str, Any] | None = None,
    claim: dict[str, Any] | None = None,
    **given: Any,
) -> Rows:
    """An article with one figure in one sentence, published so many days after the first."""
    text = f"{lead}{sentence}"
    day = DAY + timedelta(days=after)
    about = {"published_day": day, "captured_at": NOON + timedelta(days=after)} | given
    rows = article(name, text, **about)
    index = len(rows["facts/sentences"]) - 1
    key = {"version_id": name}
    fact = {"low": value, "high": value, "value": value} | (facts or {})
    places = {
        f"{noun}_{end}": span(text, fact[noun])[end]
        for noun in ("counted", "about")
        if fact.get(noun)
        for end in ("start", "end")
    }
    said = {"hedge": "asserted", "source_type": "author", "as_of_first": day, "as_of_last": day} | (claim or {})
    return rows | {
        "facts/quantities": [
            row("facts/quantities", **key, index=0, sentence=index, **span(text, figure), **fact, **places)
        ],
        "facts/claims": [row("facts/claims", **key, index=0, quantity=0, sentence=index, **said)],
        "facts/mentions": [
            row(
                "facts/mentions", **key, index=i, sentence=next(
                    s["index"] for s in rows["facts/sentences"] if called in s["text"]
                ), **span(text, called), type=kind, name=called, entity_id=f"{kind.lower()}:{called}",
            )
            for i, (called, kind) in enumerate(names)
        ],
    }  # fmt: skip


def killed(name: str, number: int, after: int = 0, **given: Any) -> Rows:
    """The flood's toll, as the paper has it."""
    sentence = f"The Almer Flood killed {number} people in Port Almer."
    given["facts"] = {"counted": "people"} | given.get("facts", {})
    return report(name, sentence, str(number), float(number), after=after, **given)


def said_by(speaker: str, source_type: str = "official") -> dict[str, Any]:
    return {"speaker": speaker, "speaker_name": speaker, "source_type": source_type}


def steps(con: duckdb.DuckDBPyConnection, columns: str = "relation, figure") -> list[list[tuple[Any, ...]]]:
    """The steps of each series, the longest first; every check of the two tables holds."""
    for claim in CHECKS:
        assert check(con, f"mart/{claim}").failures == 0, claim
    found = con.execute(f"select series, {columns} from mart.figure_timeline order by series, step").fetchall()  # noqa: S608
    series: dict[str, list[tuple[Any, ...]]] = {}
    for name, *values in found:
        series.setdefault(name, []).append(tuple(values))
    return sorted(series.values(), key=lambda s: (-len(s), s))


def test_a_toll_rises_from_day_to_day(filled: Filled) -> None:
    con = filled(killed("a", 9), killed("b", 41, 2), killed("c", 41, 3), killed("d", 63, 7))
    found = steps(con, "relation, figure, topic, subject_name, previous_version")
    assert found == [
        [
            ("first", "9", "person killed", "Almer Flood", None),
            ("update", "41", "person killed", "Almer Flood", "a"),
            ("repeat", "41", "person killed", "Almer Flood", "b"),
            ("update", "63", "person killed", "Almer Flood", "c"),
        ]
    ]
    assert con.execute("from mart.figure_conflicts").fetchall() == []


def test_a_toll_in_other_words_is_the_same_and_the_injured_are_not(filled: Filled) -> None:
    toll = report(
        "b", "The number of people killed by the Almer Flood since it came over the quays in Port Almer is 12.",
        "12", 12, after=1, facts={"about": "number of people"},
    )  # fmt: skip
    hurt = report(
        "c", "The Almer Flood killed 14 and injured 30 people in Port Almer.", "30", 30, after=2,
        facts={"counted": "people"},
    )  # fmt: skip
    found = steps(filled(killed("a", 9), toll, hurt), "relation, figure, topic")
    assert found == [
        [("first", "9", "person killed"), ("update", "12", "person killed")],
        [("first", "30", "person injured")],
    ]


def test_people_of_whom_nothing_is_told_are_no_series(filled: Filled) -> None:
    crowd = report(
        "a", "The square of Port Almer holds 300 people.", "300", 300, names=(PORT,), facts={"counted": "people"}
    )
    assert steps(filled(crowd)) == []


def test_two_sources_contradict_each_other_for_one_day(filled: Filled) -> None:
    con = filled(
        killed("a", 9, claim=said_by("Rescue Office"), publisher="The Courier"),
        killed("b", 30, claim=said_by("Almer Hospital", "named"), publisher="The Herald"),
    )
    assert steps(con) == [[("first", "9"), ("conflict", "30")]]
    columns = """figure, speaker, source_type, hedge, publisher, other_figure, other_speaker, other_source_type,
        other_hedge, other_publisher, evidence"""
    assert con.execute(f"select {columns} from mart.figure_conflicts").fetchall() == [  # noqa: S608
        (
            "9", "Rescue Office", "official", "asserted", "The Courier", "30", "Almer Hospital", "named", "asserted",
            "The Herald", "The Almer Flood killed «9» people in Port Almer.",
        )
    ]  # fmt: skip


@pytest.mark.parametrize(
    "other",
    [
        {"facts": {"low": 8.0, "high": 40.0}},
        {"facts": {"high": None, "bound": "at_least", "low": 5.0, "value": 5.0}},
        {"claim": said_by("Rescue Office")},
    ],
)
def test_what_overlaps_or_comes_from_one_source_is_no_conflict(filled: Filled, other: dict[str, Any]) -> None:
    con = filled(
        killed("a", 9, claim=said_by("Rescue Office")), killed("b", 30, **({"claim": said_by("Hospital")} | other))
    )
    ((_, (relation, _)),) = steps(con)
    assert relation in {"repeat", "other"}
    assert con.execute("from mart.figure_conflicts").fetchall() == []


def test_large_figures_are_rounded_in_print(filled: Filled) -> None:
    def losses(name: str, figure: str, value: float) -> Rows:
        sentence = f"Losses of the Almer Flood in Port Almer are {figure}."
        return report(name, sentence, figure, value, facts={"about": "Losses", "kind": "money", "currency": "EUR"})

    con = filled(
        losses("a", "€1.3 billion", 1.3e9), losses("b", "€1.296 billion", 1.296e9), losses("c", "€2 billion", 2e9)
    )
    assert [relation for relation, _ in steps(con)[0]] == ["first", "repeat", "conflict"]


def test_another_currency_is_another_series(filled: Filled) -> None:
    def losses(name: str, currency: str) -> Rows:
        sentence = "Losses of the Almer Flood in Port Almer are 3 million."
        facts = {"about": "Losses", "kind": "money", "currency": currency}
        return report(name, sentence, "3 million", 3e6, facts=facts)

    assert [len(series) for series in steps(filled(losses("a", "EUR"), losses("b", "USD")))] == [1, 1]


def test_another_unit_of_the_same_dimension_is_compared(filled: Filled) -> None:
    def rain(name: str, figure: str, si: float, unit: str, after: int) -> Rows:
        sentence = f"In Port Almer the Almer Flood brought rainfall of {figure}."
        measured = {"unit": unit, "dimension": "length", "si_unit": "m", "si_value": si, "si_low": si, "si_high": si}
        return report(
            name, sentence, figure, si, after=after, facts={"kind": "measure", "about": "rainfall"} | measured
        )

    con = filled(rain("a", "300 millimetres", 0.3, "millimetre", 0), rain("b", "11.8 inches", 0.29972, "inch", 1))
    assert steps(con) == [[("first", "300 millimetres"), ("repeat", "11.8 inches")]]


def test_a_newer_version_corrects_the_older_one(filled: Filled) -> None:
    one: dict[str, Any] = {"article_id": "article-one"}
    later = killed("b", 12, **one, captured_at=NOON + timedelta(hours=2))
    con = filled(killed("a", 21, **one), later, killed("c", 12, 4))
    assert steps(con, "relation, figure, version_id") == [
        [("first", "21", "a"), ("correction", "12", "b"), ("repeat", "12", "c")]
    ]
    assert con.execute("from mart.figure_conflicts").fetchall() == []


def test_a_figure_that_both_versions_have_is_one_step(filled: Filled) -> None:
    one: dict[str, Any] = {"article_id": "article-one"}
    con = filled(killed("a", 21, **one), killed("b", 21, **one, title="New", captured_at=NOON + timedelta(hours=2)))
    assert steps(con, "relation, version_id") == [[("first", "b")]]


def test_copies_of_one_story_count_once(filled: Filled) -> None:
    words = prose(3)
    print_of = fingerprint(" ".join(words))

    def copy(name: str, minute: int) -> Rows:
        captured: dict[str, Any] = {"captured_at": NOON + timedelta(minutes=minute), "fingerprint": print_of}
        return killed(
            name, 9, **captured, publisher=f"Paper {name}", title=f"Title {name}", url=f"https://{name}.example/x"
        )

    con = filled(*(copy(name, i) for i, name in enumerate("abc")), killed("d", 9))
    assert steps(con, "relation, version_id, copies") == [[("first", "a", 3), ("repeat", "d", 1)]]


@pytest.mark.parametrize(
    "other",
    [
        {"facts": {"change": "up"}},
        {"claim": {"hedge": "planned"}},
        {"claim": {"hedge": "expected"}},
        {"claim": {"negated": True}},
        {"claim": {"as_of_first": date(2026, 1, 1), "as_of_last": date(2026, 12, 31)}},
    ],
)
def test_what_is_meant_otherwise_is_another_series(filled: Filled, other: dict[str, Any]) -> None:
    found = steps(filled(killed("a", 9), killed("b", 12, 1, **other)), "relation")
    assert found == [[("first",)], [("first",)]]


def test_another_place_is_another_series(filled: Filled) -> None:
    def troops(name: str, place: str, number: int, after: int) -> Rows:
        sentence = f"The Upland League has {number} troops in {place}."
        names = ((place, "GPE"), ("Upland League", "ORG"))
        return report(name, sentence, str(number), number, names=names, after=after, facts={"counted": "troops"})

    con = filled(troops("a", "Port Almer", 200, 0), troops("b", "Ostreva", 300, 1), troops("c", "Port Almer", 250, 2))
    assert steps(con, "relation, figure, subject_name") == [
        [("first", "200", "Port Almer"), ("update", "250", "Port Almer")],
        [("first", "300", "Ostreva")],
    ]


def test_articles_that_share_a_country_alone_tell_different_things(filled: Filled) -> None:
    def judges(name: str, number: int, court: str) -> Rows:
        sentence = f"In Karvelia the {court} has {number} judges."
        names = (("Karvelia", "GPE"), (court, "ORG"))
        return report(name, sentence, str(number), number, names=names, facts={"counted": "judges"})

    apart = filled(judges("a", 3, "Harbour Court"), judges("b", 11, "Tax Court"))
    assert [len(series) for series in steps(apart)] == [1, 1]


def test_who_speaks_is_not_what_is_spoken_of(filled: Filled) -> None:
    def boats(name: str, number: int, after: int) -> Rows:
        sentence = f"Rescue Office said that it had {number} boats."
        given: dict[str, Any] = {"names": (OFFICE,), "claim": said_by("Rescue Office"), "facts": {"counted": "boats"}}
        return report(name, sentence, str(number), number, after=after, **given)

    assert steps(filled(boats("a", 3, 0), boats("b", 5, 1))) == []


def test_a_sentence_without_names_goes_on_about_the_lead(filled: Filled) -> None:
    later = report(
        "b", "The toll stood at 27.", "27", 27, after=1, lead="The Almer Flood still stands in Port Almer. ",
        facts={"about": "toll"},
    )  # fmt: skip
    assert steps(filled(killed("a", 9), later), "relation, figure, subject_in") == [
        [("first", "9", "sentence"), ("update", "27", "lead")]
    ]


def blast(name: str, sentence: str, number: str, after: int = 0, **given: Any) -> Rows:
    """A toll of an event without a name, in a port by the lake."""
    given["facts"] = {"counted": "people"} | given.get("facts", {})
    names = tuple((place, "GPE") for place in ("Port Almer", "Ostreva") if place in sentence)
    return report(name, sentence, number, float(number), names=(*names, OFFICE), after=after, **given)


def test_tolls_of_one_sort_of_event_in_one_place_are_one_series_in_the_order_told(filled: Filled) -> None:
    exploded = {"as_of_first": DAY, "as_of_last": DAY}
    con = filled(
        blast("a", "A blast in Port Almer killed 9 people, the Rescue Office wrote.", "9"),
        blast("b", "The bombing in Port Almer has killed 15 people, the Rescue Office wrote.", "15", 2),
        blast(
            "c", "The blast of Monday in Port Almer killed 16 people, the Rescue Office wrote.", "16", 5, claim=exploded
        ),
        blast("d", "A fire in Port Almer killed 3 people, the Rescue Office wrote.", "3", 5),
        blast("e", "A blast in Ostreva killed 4 people, the Rescue Office wrote.", "4", 5),
    )
    assert steps(con, "relation, figure, subject_name") == [
        [("first", "9", "Port Almer"), ("update", "15", "Port Almer"), ("update", "16", "Port Almer")],
        [("first", "3", "Port Almer")],
        [("first", "4", "Ostreva")],
    ]


def test_another_day_is_another_event(filled: Filled) -> None:
    later = {"as_of_first": DAY + timedelta(days=40), "as_of_last": DAY + timedelta(days=40)}
    first = {"as_of_first": DAY, "as_of_last": DAY}
    con = filled(
        blast("a", "A blast in Port Almer killed 9 people, the Rescue Office wrote.", "9", 1, claim=first),
        blast("b", "A blast in Port Almer killed 2 people, the Rescue Office wrote.", "2", 41, claim=later),
        blast("c", "The blast in Port Almer killed 3 people, the Rescue Office wrote.", "3", 42),
    )
    assert steps(con, "relation, figure") == [[("first", "2"), ("update", "3")], [("first", "9")]]


def test_a_toll_of_an_unknown_place_or_event_is_no_series(filled: Filled) -> None:
    con = filled(
        blast("a", "A blast killed 9 people, the Rescue Office wrote.", "9"),
        blast("b", "The week in Port Almer killed 9 people, the Rescue Office wrote.", "9"),
    )
    assert steps(con) == []


def test_each_place_has_its_toll(filled: Filled) -> None:
    sentence = "The blasts killed 9 people in Port Almer and 4 in Ostreva, the Rescue Office wrote."
    rows = blast("a", sentence, "9")
    start = sentence.index("4 in")
    other = rows["facts/quantities"][0] | {
        "index": 1, "start": start, "end": start + 1, "text": "4", "value": 4.0, "low": 4.0, "high": 4.0,
        "counted": None, "counted_start": None, "counted_end": None,
    }  # fmt: skip
    rows["facts/quantities"].append(other)
    both = blast("b", "The blasts in Port Almer and Ostreva killed 14 people, the Rescue Office wrote.", "14", 1)
    assert steps(filled(rows, both), "figure, subject_name") == [
        [("14", "Ostreva, Port Almer")],
        [("9", "Port Almer")],
    ]


@pytest.mark.parametrize(
    ("sentence", "figure"),
    [
        ("The Almer Flood killed 12 people, including 5 people of Port Almer.", "5"),
        ("The Almer Flood killed another 5 people in Port Almer.", "5"),
        ("The Almer Flood killed a couple and 5 others people in Port Almer.", "5"),
        ("The Almer Flood killed an average of 5 people in Port Almer.", "5"),
        ("The Almer Flood has killed 5 of the people in Port Almer.", "5"),
    ],
)
def test_parts_and_averages_are_no_tolls(filled: Filled, sentence: str, figure: str) -> None:
    counted = "others" if "others" in sentence else "people"
    found = report("a", sentence, figure, float(figure), facts={"counted": counted})
    assert steps(filled(found)) == []


@pytest.mark.parametrize(
    ("sentence", "about"),
    [("Anna Brock has 40% in Port Almer.", "Anna Brock"), ("Port Almer: Anna Brock 40% 12 13 14", "Anna Brock")],
)
def test_a_number_of_a_name_alone_is_no_series(filled: Filled, sentence: str, about: str) -> None:
    names = (PORT, ("Anna Brock", "PERSON"))
    facts = {"about": about, "kind": "percent", "unit": "percentage"}
    assert steps(filled(report("a", sentence, "40%", 40.0, names=names, facts=facts))) == []


def test_the_next_day_is_no_conflict_nor_is_a_bound(filled: Filled) -> None:
    hospital = said_by("Almer Hospital", "named")
    con = filled(
        killed("a", 30, claim=said_by("Rescue Office")),
        killed("b", 9, 1, claim=hospital),
        killed("c", 8, 1, claim=said_by("Ferry Guild", "named"), facts={"bound": "at_most", "low": None}),
    )
    assert "conflict" not in {relation for series in steps(con) for relation, _ in series}


def test_a_lower_bound_says_nothing_new(filled: Filled) -> None:
    con = filled(killed("a", 30), killed("b", 20, 1, facts={"bound": "more_than", "high": None}))
    assert steps(con) == [[("first", "30"), ("other", "20")]]


def test_two_sources_of_one_article_contradict_each_other_side_by_side(filled: Filled) -> None:
    rows = killed("a", 9, claim=said_by("Rescue Office"), lead="The Almer Flood killed 30 people in Port Almer. ")
    second = rows["facts/quantities"][0]
    start = rows["clean/articles"][0]["text"].index("30")
    first = second | {
        "index": 1, "sentence": 0, "start": start, "end": start + 2, "text": "30", "value": 30.0, "low": 30.0,
        "high": 30.0, "counted_start": start + 3, "counted_end": start + 9,
    }  # fmt: skip
    rows["facts/quantities"].append(first)
    rows["facts/claims"].append(
        rows["facts/claims"][0] | {"index": 1, "quantity": 1, "sentence": 0} | said_by("Almer Hospital", "named")
    )
    con = filled(rows)
    assert steps(con) == [[("first", "30"), ("conflict", "9")]]


def test_two_years_of_silence_end_a_series(filled: Filled) -> None:
    con = filled(killed("a", 9), killed("b", 12, 700), killed("c", 30, 1500), killed("d", 31, 1501))
    assert steps(con) == [[("first", "30"), ("update", "31")], [("first", "9"), ("update", "12")]]


@pytest.mark.parametrize("figure", ["thousands", "several"])
def test_a_vague_figure_is_no_step(filled: Filled, figure: str) -> None:
    sentence = f"The Almer Flood killed {figure} of people in Port Almer."
    assert steps(filled(report("a", sentence, figure, 1000, facts={"counted": "people"}))) == []


@pytest.mark.parametrize("hour", [8, 18])
def test_within_a_day_the_hour_of_publication_orders(filled: Filled, hour: int) -> None:
    early, late = (
        killed("a", 9, published_at="2026-03-02T12:00:00+00:00"),
        killed("b", 12, published_at=f"2026-03-02T{hour:02}:00:00+00:00"),
    )
    (series,) = steps(filled(early, late), "figure")
    assert series == [("12",), ("9",)] if hour < 12 else series == [("9",), ("12",)]
