from collections.abc import Callable
from datetime import date

import pytest
from spacy.tokens import Doc

from pipelines.extract.claims import claims
from pipelines.extract.coreference import antecedents
from pipelines.extract.names import mentions
from pipelines.extract.quotes import quotes
from pipelines.extract.roles import roles
from pipelines.extract.sentences import sentences
from pipelines.extract.voices import voices
from pipelines.schemas import Claim, Quantity, Time

Parse = Callable[[str], Doc]
DAY = date(2031, 5, 14)


def figure(doc: Doc, surface: str) -> Quantity:
    start = doc.text.index(surface)
    return {
        "start": start, "end": start + len(surface), "text": surface, "kind": "cardinal", "value": None, "low": None,
        "high": None, "approx": False, "bound": None, "change": None, "baseline": None, "unit": None, "currency": None,
        "ucum": None, "dimension": None, "si_value": None, "si_low": None, "si_high": None, "si_unit": None,
        "counted": None, "counted_start": None, "counted_end": None, "about": None, "about_start": None,
        "about_end": None,
    }  # fmt: skip


def time(doc: Doc, surface: str, first: date, last: date) -> Time:
    start = doc.text.index(surface)
    end = start + len(surface)
    return {
        "start": start, "end": end, "text": surface, "type": "DATE", "value": "", "first_day": first, "last_day": last
    }  # fmt: skip


def claimed(doc: Doc, surface: str, times: list[Time] | None = None) -> Claim:
    rows = asserted(doc, [figure(doc, surface)], times or [])
    assert len(rows) == 1
    return rows[0]


def asserted(doc: Doc, figures: list[Quantity], times: list[Time]) -> list[Claim]:
    names = mentions(doc)
    beside = roles(doc, names)
    who = voices(doc, names, antecedents(doc, names, beside), beside, times, DAY)
    return claims(who, sentences(doc), figures, times, quotes(who))


def test_the_speaker_of_the_quote_around_a_figure(parse: Parse) -> None:
    row = claimed(parse('"We lost 300 sheep to the flood," said Anna Brock, a farmer.'), "300")
    assert (row["speaker_name"], row["cue"], row["source_type"]) == ("Anna Brock", "said", "named")
    assert (row["hedge"], row["negated"], row["sentence"]) == ("asserted", False, 0)


def test_the_author_where_nobody_else_speaks(parse: Parse) -> None:
    row = claimed(parse("The flood drowned 300 sheep."), "300")
    assert (row["speaker"], row["speaker_name"], row["cue"], row["source_type"]) == (None, None, None, "author")


def test_what_does_not_report_has_no_speaker(parse: Parse) -> None:
    row = claimed(parse("The death of the old judge left the bench with 40 members."), "40")
    assert (row["speaker"], row["source_type"]) == (None, "author")


def test_nobody_asserts_a_question(parse: Parse) -> None:
    doc = parse("Did the flood drown 300 sheep?")
    assert asserted(doc, [figure(doc, "300")], []) == []


@pytest.mark.parametrize(
    ("text", "source_type"),
    [
        ("A police spokesman said 40 barns had burned.", "official"),
        ("The interior ministry said 40 barns had burned.", "official"),
        ("The central bank said 40 lenders had closed.", "official"),
        ("Two villagers said 40 barns had burned.", "anonymous"),
        ("Company officials said 40 barns had burned.", "anonymous"),
        ("A former minister said 40 barns had burned.", "anonymous"),
        ("The report says 40 barns burned.", "document"),
        ("Carl Brock, a former minister, said 40 barns had burned.", "named"),
    ],
)
def test_the_sort_of_source(parse: Parse, text: str, source_type: str) -> None:
    assert claimed(parse(text), "40")["source_type"] == source_type


def test_others_are_the_sort_of_people_just_named(parse: Parse) -> None:
    doc = parse("Some police officers want more patrols. Others say the force will never have more than 900 horses.")
    row = claimed(doc, "900")
    assert (row["speaker"], row["source_type"]) == ("Others", "official")


@pytest.mark.parametrize(
    ("text", "hedge", "negated"),
    [
        ("The guild is unlikely to ever admit 70 apprentices.", "possible", True),
        ("The guild may admit 70 apprentices.", "possible", False),
        ("The guild plans to admit 70 apprentices.", "planned", False),
        ("The guild is expected to admit 70 apprentices.", "expected", False),
        ("The guild said it would admit 70 apprentices.", "expected", False),
        ("An estimated 70 apprentices left the guild.", "estimated", False),
        ("The guild denied that 70 apprentices had left.", "denied", False),
        ("The guild did not admit 70 apprentices.", "asserted", True),
        ("Master masons have pledged 70 apprentices.", "asserted", False),
        ("The guild, which has 70 apprentices, plans to close.", "asserted", False),
        ("The guild has 70 apprentices and may close.", "asserted", False),
    ],
)
def test_hedge_and_negation(parse: Parse, text: str, hedge: str, negated: bool) -> None:  # noqa: FBT001
    row = claimed(parse(text), "70")
    assert (row["hedge"], row["negated"]) == (hedge, negated)


def test_as_of_the_time_in_the_figures_own_clause(parse: Parse) -> None:
    doc = parse("The port handled 90 ships in 2029 and may close in 2040.")
    whens = [
        time(doc, "2029", date(2029, 1, 1), date(2029, 12, 31)),
        time(doc, "2040", date(2040, 1, 1), date(2040, 12, 31)),
    ]
    row = claimed(doc, "90", whens)
    assert (row["as_of_first"], row["as_of_last"]) == (date(2029, 1, 1), date(2029, 12, 31))


def test_as_of_the_day_it_was_said_or_else_published(parse: Parse) -> None:
    monday = date(2031, 5, 12)
    doc = parse("The port authority said on Monday that 90 ships were waiting.")
    assert claimed(doc, "90", [time(doc, "Monday", monday, monday)])["as_of_first"] == monday
    assert claimed(doc, "90")["as_of_first"] == DAY


@pytest.mark.parametrize(
    ("text", "subject", "verb"),
    [
        ("The port handled 90 ships in June.", "The port", "handled"),
        ("Some 90 ships were held in June.", "Some 90 ships", "were held"),
        ("The port, which handled 90 ships in June, is to close.", "The port", "handled"),
        ("There were 90 ships in the port.", "90 ships in the port", "were"),
        ("The port is likely to handle 90 ships in June.", "The port", "to handle"),
        ("The harbour master said the port would not handle 90 ships in June.", "the port", "would not handle"),
        ("The port shut in May and took in 90 ships in June.", "The port", "took in"),
    ],
)
def test_subject_and_verb_of_the_figures_clause(parse: Parse, text: str, subject: str, verb: str) -> None:
    row = claimed(parse(text), "90")
    assert (row["subject"], row["verb"]) == (subject, verb)
    assert row["subject_start"] is not None
    assert text[row["subject_start"] : row["subject_end"]] == subject


def test_a_figure_beside_no_verb_has_neither(parse: Parse) -> None:
    row = claimed(parse("Ships in port: 90"), "90")
    assert (row["subject"], row["subject_start"], row["verb"], row["verb_start"]) == (None, None, None, None)


def test_a_subject_that_is_a_name_has_its_id(parse: Parse) -> None:
    row = claimed(parse("Clara Wendt owns the vineyard. She sold 90 barrels in June."), "90")
    assert (row["subject"], row["subject_name"]) == ("She", "Clara Wendt")
    assert row["subject_id"] is not None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Storms sank 90 boats in Portugal on Monday.", "Portugal"),
        ("In Norway, the herring fleet lost 90 boats.", "Norway"),
        ("Officials in Paris said the herring fleet had lost 90 boats.", None),
        ("Officials in Paris said the herring fleet had lost 90 boats in Norway.", "Norway"),
        ("The herring fleet sent 90 boats to Norway.", "Norway"),
        ("Norway's exports rose 90 percent.", "Norway"),
        ("The herring fleet lost 90 boats.", None),
    ],
)
def test_the_place_of_the_figures_clause_and_never_the_speakers(parse: Parse, text: str, place: str | None) -> None:
    doc = parse(text)
    given = figure(doc, "90")
    if "exports" in text:
        start = text.index("exports")
        given |= {"about": "exports", "about_start": start, "about_end": start + len("exports")}
    (row,) = asserted(doc, [given], [])
    assert (row["place"], row["place_name"]) == (place, place)
    assert (row["place_id"] is None) == (place is None)
