"""What figures count and describe, in whole sentences: the noun phrase, or nothing."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from pipelines.extract.quantities import quantities
from pipelines.schemas import Quantity

Parse = Callable[[str], Doc]

DESCRIBED = [
    # who does it, and what is changed
    ("Marlow leads Okafor by 43 percent.", "43 percent", "Marlow"),
    ("Norlund cut its forecast to 2 percent.", "2 percent", "forecast"),
    ("The mill sold the barge for $3 million.", "$3 million", "barge"),
    ("Storms pulled the timber index 0.7 percent lower.", "0.7 percent", "timber index"),
    ("The crash wiped $40 million from the firm's value.", "$40 million", "firm's value"),
    ("The krona changed hands at $0.0954.", "$0.0954", "krona"),
    ("The report left the krone little changed at 7.25.", "7.25", "krone"),
    ("The pan-European KLAR 600 was up 0.5 percent.", "0.5 percent", "pan-European KLAR 600"),
    ("The barge's value doubled.", "doubled", "barge's value"),
    # names for pronouns, never who says it
    ("Norlund Ltd said it had bought 40 barges.", "40", "Norlund Ltd"),
    ("The clerk said it would cost $5 million.", "$5 million", None),
    ("Let us raise $15 million, Rodrigo Vance told reporters.", "$15 million", None),
    ("Officials say eight sailors died and dozens were injured.", "eight", None),
    ("The guild covered 81% of the costs.", "81%", "guild"),
    ("The guild found 81% of bakers open on Sundays.", "81%", None),
    ("Economists had expected 3.0%.", "3.0%", None),
    # lists, brackets, gaps
    ("Marlow got 38 percent, Ada Lindqvist 3 percent and Ben Okoro 2 percent.", "2 percent", "Ben Okoro"),
    ("They face fines of $52,000 for Norlund and $75,000 for Sudby.", "$75,000", "Sudby"),
    ("The probe made a 90-mile (145 km) journey from Elba.", "90-mile", "journey from Elba"),
    ("The Elba index gained 0.9% and the Sudby index lost 2%.", "2%", "Sudby index"),
    ("The effect was seen with nitrate levels at 40 milligrams.", "40 milligrams", "nitrate levels"),
    # times and places of time
    ("The grid may not have paid federal taxes for nearly 20 years.", "20 years", "grid"),
    ("The council must publish the gifts within 28 days.", "28 days", None),
    ("The comet circles the sun every 33 years.", "33 years", None),
    ("The order came one day after the vote.", "one day", None),
    ("From midnight on Sunday, up to 100 people will attend.", "100", None),
    ("Shares fell after five weeks of gains.", "five weeks", None),
    # the shape of the phrase
    ("Last week's ferry forum was watched by 14 people.", "14", "ferry forum"),
    ("The December barley contract was up $31.", "$31", "December barley contract"),
    (
        "Orders for new, light trams on Elba start at $7 million.",
        "$7 million",
        "Orders for new, light trams on Elba",
    ),
    ("The heat stored in the tank was 40 joules.", "40 joules", "heat stored in the tank"),
    ("The rise forecast by Norlund was 2 percent.", "2 percent", "rise"),
    ("Mowing killed 12 hares.", "12", "Mowing"),
    ("The levy brought a net gain of $2 million, or 4 cents a head.", "4 cents a head", "net gain"),
    ("A 2,000-strong crowd marched through Elba.", "2,000", "crowd"),
    ("They sat through Ana Ruiz's two-part lecture.", "two", "lecture"),
    ("She waged a three-year-long dispute.", "three-year", "dispute"),
    ("Marlow & Sons hired 12 welders.", "12", "Marlow & Sons"),
    ("It has a much larger battery of 4,500 watts.", "4,500 watts", "larger battery"),
    ("The stage is a 15-metre high mast.", "15-metre", "mast"),
    ("The barge has a four-cylinder engine.", "four", "engine"),
]


@pytest.mark.parametrize(("text", "figure", "about"), DESCRIBED)
def test_the_phrase_that_a_figure_describes(text: str, figure: str, about: str | None, parse: Parse) -> None:
    rows = {row["text"]: row["about"] for row in quantities(parse(text), [], [])}
    assert rows[figure] == about


COUNTED = [
    ("The levy raised $3 million in damages.", "$3 million", "damages"),
    ("The stall sells for $3 million in Texas.", "$3 million", None),
    ("She was given $5,000 worth of boots.", "$5,000", "boots"),
    ("Combined, they cover three-quarters of the state's nearly 40 million people.", "three-quarters", "people"),
    ("Norlund delivered zero 787 jets.", "zero", "jets"),
    ("The yard sold 640 Dorado 7s.", "640", "Dorado 7s"),
    ("Half of the 33 sector sub-indexes fell.", "33", "sector sub-indexes"),
    ("The plant filled two million 9-litre crates.", "two million", "crates"),
    ("They found millions of rare $1 bills.", "millions", "rare $1 bills"),
    ("The ferry saved 40 sailors on Monday and 200 more on Friday.", "200", "sailors"),
    ("The Elba index fell to 1,463.87 points, while the Sudby index climbed 0.1% to 1,333.18.", "1,333.18", "points"),
]


@pytest.mark.parametrize(("text", "figure", "counted"), COUNTED)
def test_the_noun_that_a_figure_counts(text: str, figure: str, counted: str | None, parse: Parse) -> None:
    rows = {row["text"]: row["counted"] for row in quantities(parse(text), [], [])}
    assert rows[figure] == counted


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("The average life expectancy in the valley was 73.", "year of age"),
        ("The median age of the crew was 38.", "year of age"),
        ("The number of age groups was 12.", None),
        ("The life expectancy gap in the valley was 12.", None),
    ],
)
def test_a_bare_number_said_of_an_age_is_one(text: str, unit: str | None, parse: Parse) -> None:
    (row,) = quantities(parse(text), [], [])
    assert row["unit"] == unit


PIECES = ["Norlund", "said it", "fell 3%", "to $5 million in cash", ", and", "(", "40", "9-litre", ")", "crates of"]
PIECES += ["the state's", "index was up", "12 more", "points", "nearly", "half", "with eight", "for"]


@given(pieces=st.lists(st.sampled_from(PIECES), max_size=25))
def test_phrases_are_spans_that_never_meet_their_figure(pieces: list[str], parse: Parse) -> None:
    text = " ".join(pieces)
    for row in quantities(parse(text), [], []):
        counted, about = _span(row, "counted"), _span(row, "about")
        for name, span in (("counted", counted), ("about", about)):
            assert not span or text[slice(*span)] == row[name]  # type: ignore[literal-required]
            assert not span or span[1] <= row["start"] or row["end"] <= span[0]
        assert not counted or not about or about[1] <= counted[0] or counted[1] <= about[0]


def _span(row: Quantity, name: str) -> tuple[int, int] | None:
    start, end = row[f"{name}_start"], row[f"{name}_end"]  # type: ignore[literal-required]
    return None if start is None else (start, end)
