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
from pipelines.extract.voices import Voices, voices
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


def voices_of(doc: Doc, times: list[Time]) -> Voices:
    names = mentions(doc)
    beside = roles(doc, names)
    return voices(doc, names, antecedents(doc, names, beside), beside, times, DAY)


def asserted(doc: Doc, figures: list[Quantity], times: list[Time]) -> list[Claim]:
    who = voices_of(doc, times)
    return claims(who, sentences(doc), figures, times, quotes(who))


def test_the_speaker_of_the_quote_around_a_figure(parse: Parse) -> None:
    row = claimed(parse('"We lost 300 sheep to the flood," said Anna Brock, a farmer.'), "300")
    assert (row["speaker_name"], row["cue"], row["source_type"]) == ("Anna Brock", "said", "named")
    assert (row["hedge"], row["negated"], row["sentence"]) == ("asserted", False, 0)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Officials put the number of drowned sheep at 300.", "Officials"),
        ("The guild reported 300 drowned sheep.", "The guild"),
        ("The guild expects to lose 300 sheep.", "The guild"),
        ("The guild plans to sell 300 sheep.", "The guild"),
        ("The flood claimed 300 sheep.", None),
        ("The mayor issued the guild with 300 licences.", None),
        ("The guild is not saying much about the flood, with 300 exceptions.", None),
        ("The council kept the tax at 300, as farmers continue a push for relief.", None),
    ],
)
def test_who_asserts_a_figure_is_who_tells_of_it(parse: Parse, text: str, speaker: str | None) -> None:
    assert claimed(parse(text), "300")["speaker"] == speaker


def test_what_stands_between_quotation_marks_is_never_the_authors(parse: Parse) -> None:
    doc = parse("The harbour was quiet again.\n\n“In my whole life I have seen 40 floods here, and none like this.”")
    assert quotes(voices_of(doc, []))[0]["speaker"] is None
    row = claimed(doc, "40")
    assert (row["speaker"], row["speaker_name"], row["source_type"]) == (None, None, "anonymous")


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
        ("The guild said on Monday that it was leaving, adding that it would admit 70 apprentices.", "expected", False),
        ("The guild set a record of 70 apprentices.", "asserted", False),
        ("The loss was due to debts of 70 masons.", "asserted", False),
        ("Some 70 masons were ordered to leave.", "asserted", False),
        ("The guild had heard from 70 masons.", "asserted", False),
        ("The guild will vote on the fate of its 70 mills.", "asserted", False),
        ("The guild plans to close its 70 mills.", "planned", False),
        ("Membership declined 70 percent.", "asserted", False),
        ("The guild declined to name 70 donors.", "asserted", True),
        ("The tour would end with a feast for 70 masons.", "possible", False),
        ("Anna Brock, 70, had never been in a mine.", "asserted", False),
        ("Anna Brock, 70, will succeed him.", "asserted", False),
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


MAY = (date(2030, 5, 1), date(2030, 5, 31))
MARCH = (date(2031, 3, 1), date(2031, 3, 31))
PUBLISHED = (DAY, DAY)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        # a participle's clause is part of the one beside it
        ("The flood reached the port in May 2030, drowning 90 sheep.", MAY),
        # what is counted has a time of its own
        ("Figures show that 90 sheep sold in May 2030 were ill.", MAY),
        ("Police said that 90 men arrested in May 2030 had fled.", MAY),
        # a time in front of two clauses is both's, one behind the first is not the second's
        ("In May 2030 the port served 12 ships and the airport served 90 planes.", MAY),
        ("The port raised 12 marks in May 2030, and the guild has 90 marks left.", PUBLISHED),
        # a poll's or a study's own day, where the figure has no other
        ("A poll released in May 2030 found that 90 masons would leave.", MAY),
        ("The fair, held in May 2030, drew 90 masons.", MAY),
        # what falls due, and what is the highest since
        ("Holders of 90 bonds, due in May 2030, have agreed.", PUBLISHED),
        ("The index set its highest close since May 2030 at 90.", PUBLISHED),
        # a stretch
        ("The guild has sold 90 barns since May 2030.", (MAY[0], DAY)),
        ("A survey of 90 masons was carried out between May 2030 and March 2031.", (MAY[0], MARCH[1])),
        # the next item of a list
        ("There are 90 ships: one for the port, and the second for the lake in May 2030.", PUBLISHED),
    ],
)
def test_as_of(parse: Parse, text: str, days: tuple[date, date]) -> None:
    doc = parse(text)
    times = [time(doc, surface, *of) for surface, of in (("May 2030", MAY), ("March 2031", MARCH)) if surface in text]
    row = claimed(doc, "90", times)
    assert (row["as_of_first"], row["as_of_last"]) == days


def compared(doc: Doc, level: str, base: str, times: list[Time]) -> list[Claim]:
    """The claims of a level and of what it started from."""
    figures = [figure(doc, level), figure(doc, base)]
    figures[0]["baseline"] = 1
    return asserted(doc, figures, times)


def test_what_a_change_starts_from_has_days_of_its_own(parse: Parse) -> None:
    doc = parse("Sales dropped in March 2031 to 70 barrels from 90 barrels in May 2030.")
    new, old = compared(doc, "70", "90", [time(doc, "March 2031", *MARCH), time(doc, "May 2030", *MAY)])
    assert (new["as_of_first"], new["as_of_last"]) == MARCH
    assert (old["as_of_first"], old["as_of_last"]) == MAY


def test_what_a_change_starts_from_has_unknown_days_where_none_are_told(parse: Parse) -> None:
    doc = parse("Sales dropped in March 2031 to 70 barrels from 90 barrels.")
    new, old = compared(doc, "70", "90", [time(doc, "March 2031", *MARCH)])
    assert (new["as_of_first"], new["as_of_last"]) == MARCH
    assert (old["as_of_first"], old["as_of_last"]) == (None, None)


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
