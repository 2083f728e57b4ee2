"""Figures: the examples of every rule's docstring, and what the layers make of whole sentences."""

import inspect
import re
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from spacy.tokens import Doc

from pipelines.extract.quantities import quantities
from pipelines.extract.times import times
from pipelines.schemas import Mention, Quantity, Time

EXAMPLE = re.compile(r'^ *"(?P<text>[^"\n]+)" -> (?P<meaning>.+)$', re.MULTILINE)
MODULES = (
    *("ages", "beside", "changes", "compounds", "counted", "described", "elided", "figures", "fractions", "grammar"),
    *("money", "moves", "name_row", "numerals", "over", "qualifiers", "readings", "shapes", "units"),
)
LEADING = re.compile(r"(?:approx|at_least|at_most|more_than|less_than|up|down|multiple|score|fraction|[-.\d]+) ?")
Parse = Callable[[str], Doc]


def examples() -> Iterator[tuple[str, str, str]]:
    for name in MODULES:
        module = import_module(f"pipelines.extract.{name}")
        for rule_name, rule in inspect.getmembers(module, inspect.isfunction):
            if rule.__module__ == module.__name__:
                for found in EXAMPLE.finditer(rule.__doc__ or ""):
                    yield f"{name}.{rule_name}", found["text"], found["meaning"]


def rows_of(doc: Doc) -> list[Quantity]:
    return quantities(doc, times(doc, None), [])


def number(value: float | None) -> str:
    return "" if value is None else f"{value:.10g}"


def told(row: Quantity) -> set[str]:
    parts = {number(row["value"]), f"{number(row['low'])}..{number(row['high'])}", row["kind"]}
    parts |= {f"about {row['about']}", f"counted {row['counted']}"}
    return parts | {str(row["unit"]), str(row["bound"]), str(row["change"]), "approx" if row["approx"] else ""}


def wanted(meaning: str) -> set[str]:
    """The parts of what an example says: a kind, bound or change, a number or an interval, a unit."""
    parts = set()
    while found := LEADING.match(meaning):
        word = found.group().strip()
        parts.add(number(float(word)) if re.fullmatch(r"-?[\d.]*\d", word) and ".." not in word else word)
        meaning = meaning[found.end() :]
    return parts | ({meaning} if meaning else set())


@pytest.mark.parametrize(("rule", "text", "meaning"), list(examples()))
def test_examples_of_the_rules_hold(rule: str, text: str, meaning: str, parse: Parse) -> None:
    rows = rows_of(parse(text))
    assert rows, rule
    last = meaning.startswith("last ")
    assert wanted(meaning.removeprefix("last ")) <= told(rows[-1 if last else 0])


SENTENCES: list[tuple[str, dict[str, Any]]] = [
    (
        "The dam held back some 1.2 million litres of oil.",
        {"text": "1.2 million litres", "counted": "oil", "approx": True},
    ),
    ("Stir it for 24 h with sand.", {"text": "24 h", "unit": "hour", "kind": "duration"}),
    ("A pressure of 130/80 mmHg is high.", {"value": 130.0}),
    ("The jail term is six years and three months.", {"text": "six years and three months", "value": 6.25}),
    ("She won in 4 hours 48 mins 36 seconds.", {"text": "4 hours 48 mins 36 seconds", "value": 4.81, "unit": "hour"}),
    ("The stall paid two grand for it.", {"text": "two grand", "value": 2000.0}),
    ("It bought two grand pianos.", {"text": "two", "value": 2.0}),
    ("The fare is 12 Georgian lari.", {"currency": "GEL", "value": 12.0}),
    ("The fare is 40 Peruvian soles.", {"currency": "PEN", "value": 40.0}),
    ("The mill owes SKr200m.", {"currency": "SEK", "value": 2e8}),
    ("A four-quarter test was met.", {"text": "four", "value": 4.0}),
    ("The sheriff is a lad of 5 pounds and 20 pence.", {"currency": "GBP", "value": 5.2}),
    ("She lent a peer a house worth more than £20,000.", {"about": "house"}),
    ("In addition to the three deaths, a mill burned.", {"counted": "deaths", "about": None}),
    ("It drew 25,000+ delegates.", {"value": 25000.0, "bound": "at_least", "counted": "delegates"}),
    ("The agency sent aid to the two countries.", {"counted": "countries", "about": None}),
    ("She was 10 years and six months old.", {"value": 10.5, "unit": "year of age"}),
    ("He took four for 24 in 48 balls.", {"value": 4.0}),
    ("Half the orchards froze.", {"text": "Half", "kind": "fraction", "counted": "orchards"}),
    ("A mule averages 2.1 foals per mare.", {"unit": "foal per mare", "counted": "foals"}),
    ("The moor has 350 sheep per square mile.", {"unit": "sheep per square mile", "counted": "sheep"}),
    ("The Larks won 8 of their last 10 games.", {"text": "8", "counted": "games"}),
    ("A quake of magnitude 6.2 was felt.", {"text": "6.2", "kind": "measure", "unit": "magnitude"}),
    ("Kelvar paid £2.3bn for the brewery.", {"value": 2.3e9, "currency": "GBP", "kind": "money"}),
    ("The bridge cost Rs16,189-crore to build.", {"value": 161890000000.0, "currency": "INR"}),
    ("The plant shipped 816 000 t of ore.", {"value": 816000.0, "ucum": "t", "counted": "ore"}),
    ("Twenty-odd farms were flooded.", {"value": 20.0, "approx": True, "counted": "farms"}),
    ("They sold half a million tickets.", {"value": 500000.0, "counted": "tickets"}),
    ("The port will cost $5-7 million.", {"low": 5e6, "high": 7e6, "value": None, "currency": "USD"}),
    ("Between 3 and 5 million bees died.", {"low": 3e6, "high": 5e6, "counted": "bees"}),
    ("About two-thirds of the orchards froze.", {"kind": "fraction", "approx": True, "counted": "orchards"}),
    ("Around 75% of barns in the valley burned.", {"value": 75.0, "unit": "percentage", "counted": "barns"}),
    ("One in five houses in the town is empty.", {"value": 0.2, "kind": "fraction", "counted": "houses"}),
    ("The herd doubled in a decade.", {"value": 2.0, "kind": "multiple"}),
    ("A 34-year-old diver was rescued.", {"value": 34.0, "unit": "year of age", "kind": "measure"}),
    ("The league covers children aged 5 to 11.", {"low": 5.0, "high": 11.0, "unit": "year of age"}),
    ("Rovers won 3-1 at home.", {"value": 3.0, "low": 1.0, "high": 3.0, "kind": "score"}),
    ("The motion passed 218-213.", {"kind": "score", "low": 213.0, "high": 218.0}),
    ("A 10-foot wall fell.", {"value": 10.0, "unit": "foot", "ucum": "[ft_i]", "about": "wall"}),
    ("It was minus 12 degrees Celsius at dawn.", {"value": -12.0, "unit": "celsius", "ucum": "Cel"}),
    ("The bank cut its rate by 25 basis points.", {"value": 25.0, "unit": "basis point", "change": "down"}),
    ("Turnout rose 3 percentage points.", {"unit": "percentage point", "change": "up", "about": "Turnout"}),
    ("No ferries sailed on Monday.", {"value": 0.0, "counted": "ferries"}),
    ("Dozens of sheep strayed.", {"low": 24.0, "high": 99.0, "value": None, "counted": "sheep"}),
    ("Hundreds of thousands of voters stayed away.", {"low": 100000.0, "high": 1000000.0, "counted": "voters"}),
    ("The fleet is unlikely to ever have more than 80 boats.", {"bound": "at_most", "low": None, "high": 80.0}),
    ("No fewer than 40 mills closed.", {"bound": "at_least", "low": 40.0, "high": None, "counted": "mills"}),
    ("The count fell short of 10,000.", {"bound": "less_than", "high": 10000.0, "low": None}),
    ("The yard builds up to 5,000 carts a year.", {"bound": "at_most", "unit": "cart per year", "counted": "carts"}),
    ("As many as 90 actors auditioned.", {"bound": "at_most", "value": 90.0}),
    ("Unemployment fell to 4.1%.", {"value": 4.1, "about": "Unemployment", "change": None}),
    ("Varnex e-bikes rose 5% on Monday.", {"value": 5.0, "about": "Varnex e-bikes"}),
    ("Norlund and Ostrava Rail paid $3 million.", {"value": 3e6, "about": "Norlund and Ostrava Rail"}),
    ("The city has 12 newly built and 3 old bridges.", {"value": 12.0, "counted": "old bridges"}),
    ("The Ostrava index fell to a low of 1,120 points.", {"value": 1120.0, "about": "Ostrava index"}),
    ("The Ostrava index closed at 1,120, up 58 points.", {"value": 1120.0, "counted": "points"}),
    ("It was between 5 and 9 degrees below zero.", {"low": -9.0, "high": -5.0, "unit": "degree"}),
    ("The wheel turns 90 times a minute.", {"value": 90.0, "unit": "count per minute"}),
    ("The net fell from $99 million a year earlier.", {"unit": "dollar", "value": 9.9e7}),
    ("They sold 400 lots a week earlier.", {"unit": None, "counted": "lots"}),
    ("They sell 400 lots a week.", {"unit": "lot per week", "counted": "lots"}),
    ("A clerk earns 300 francs ($350) a month.", {"unit": "franc per month"}),
    ("The value is <>30.", {"value": 30.0, "bound": None}),
    ("It looks far better than three mills.", {"value": 3.0, "bound": None}),
    ("A reading above 50 indicates growth.", {"value": 50.0, "counted": None}),
    ("With eight more picks the club rebuilt its side.", {"value": 8.0, "counted": "picks"}),
    ("Pay was cut for the last nine months of the war.", {"unit": "month", "counted": None}),
    ("In Bremen, 45.000 visitors came.", {"value": 45000.0}),
    ("In front was Ana Ruiz, 54.762, in a Norlund.", {"value": 54.762, "unit": None}),
    ("Norlund was down 68 p.", {"unit": "penny", "currency": "GBP", "change": "down"}),
    ("The state owes the mill N200 billion.", {"value": 2e11, "currency": "NGN"}),
    ("Norlund (NLD) employs 400 welders.", {"counted": "welders", "about": "Norlund"}),
    ("More than two million residents left.", {"value": 2e6, "bound": "more_than", "counted": "residents"}),
    ("Copper traded at $52 a barrel.", {"unit": "dollar per barrel", "value": 52.0, "about": "Copper"}),
    ("The levy is A$40 per head.", {"currency": "AUD", "unit": "australian dollar per head"}),
    ("The region reported 12 cases per 100,000 people.", {"value": 12.0, "unit": "per 100,000"}),
    ("The truck weighed 361 million pounds.", {"kind": "money", "currency": "GBP"}),
    ("The calf weighed 208 pounds.", {"kind": "measure", "unit": "pound-mass"}),
    ("The strike lasted three years.", {"kind": "duration", "unit": "year", "ucum": "a"}),
]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The rolls grew by 900 to 14,000.", [900, 14_000]),
        ("The fee rose by $2 to $12.", [2, 12]),
        ("Prices rose by 2 to 3 percent.", [None]),
        ("Nickel rose by 500 to 39,200 rupees.", [500, 39_200]),
        ("Sales will grow from 24.2 to 33-35 billion euros.", [24.2e9, None]),
        ("The crew shrank by 4 to 6 sailors.", [None]),
    ],
)
def test_a_change_and_the_level_it_led_to_are_no_range(text: str, values: list[float | None], parse: Parse) -> None:
    assert [row["value"] for row in rows_of(parse(text))] == values


@pytest.mark.parametrize(("text", "fields"), SENTENCES)
def test_the_first_figure_of_a_sentence(text: str, fields: dict[str, Any], parse: Parse) -> None:
    row: dict[str, Any] = dict(rows_of(parse(text))[0])
    assert {name: row[name] for name in fields} == fields


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("Rye futures fell 16 cents, or about 0.3%.", {"unit": "percentage", "change": "down", "about": "Rye futures"}),
        ("The mill made £45m, up from 40m.", {"value": 4e7, "currency": "GBP"}),
        ("Opals climbed $2 to $45.", {"value": 45.0, "change": None, "about": "Opals"}),
        ('"We lost 12" was all he said.', {"value": 12.0, "unit": None}),
    ],
)
def test_the_last_figure_of_a_sentence(text: str, fields: dict[str, Any], parse: Parse) -> None:
    row: dict[str, Any] = dict(rows_of(parse(text))[-1])
    assert {name: row[name] for name in fields} == fields


@pytest.mark.parametrize(
    "text",
    [
        "An F-16 landed near the Boeing 737.",
        "The COVID-19 ward closed.",
        "One of the drivers left.",
        "Nobody knew which one was hers.",
        "She moved there in 2017 and left in the 1990s.",
        "See page 3 and Section 12 of the report.",
        "Call 555-123-4567 or write to http://example.org/q?a=10.",
        "The train left at 5:25 p.m. on 9 May.",
        "The 2012-13 season began.",
        "There is no way back.",
        "The COP26 talks stalled.",
        "They met on 23rd Street near the Second Avenue bridge.",
        "Nobody should second-guess the umpire.",
        "Her half sister found a half-frozen lamb.",
        "One might expect rain.",
        "At one point the lights failed.",
        "Under Section (39) of the act it is banned.",
        "The couple, both farmers, left.",
        "Norlund doubled down on its plan.",
        "Call 911 or 020 7946 0018.",
        "A 911 operator heard them.",
        "She lived at 3170 W. Mill Road.",
        "The 501st Legion met.",
        "First of all, it rained.",
        "Brock won in 3:35.087.",
        "Sales fell in the year-ago quarter.",
        "The Group of Seven met.",
        "It was a one-two punch.",
        "The suit, number ABC/03/095/2018, was lost.",
        "The mill is open 6-9 p.m. on fair days.",
        "It was a 16:9 screen.",
        "Fax: (6221) 344-8404.",
        "The Hawkwind R6700 was sold.",
        "They play Farmer 2K20 on a PS4.",
        "At first, it rained.",
        "They are in grades 10 and 12.",
        "The chapel will one day open.",
        "A later one was built of stone.",
        "The Larks finished in the top four.",
        "The nikkei 225 slipped.",
        "The 100-share index slipped.",
        "She bought an Okto One controller.",
        "The mill was first built of wood.",
        "At first the mill was built of wood.",
        "The view is second to none.",
        "Elba: 2 - Ana Ruiz, 5 - Mia Holm (14 - Lea Sand).",
        "After years of odd jobs she landed one she loved.",
    ],
)
def test_what_is_no_figure(text: str, parse: Parse) -> None:
    assert rows_of(parse(text)) == []


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("More than 2000 goats died.", 2000.0, None),
        ("About 1500 miners left the valley.", 1500.0, 1500.0),
        ("She owns 2000 stamps.", 2000.0, 2000.0),
        ("The mill cut 1950 jobs.", 1950.0, 1950.0),
        ("At least 1850 barns burned.", 1850.0, None),
        ("Fewer than 2020 came.", None, 2020.0),
        ("The dial stood above 1600 and below 1900.", 1600.0, 1900.0),
        ("Between 1500 and 2000 geese flew over.", 1500.0, 2000.0),
        ("The quarry lost 1700 in a week.", 1700.0, 1700.0),
        ("A flock of 2000 geese flew over.", 2000.0, 2000.0),
    ],
)
def test_a_count_without_a_comma_is_no_year(text: str, low: float | None, high: float | None, parse: Parse) -> None:
    assert [(row["low"], row["high"]) for row in rows_of(parse(text))][:1] == [(low, high)]


@pytest.mark.parametrize(
    "text",
    [
        "In 1998 floods struck the valley.",
        "By 2025 mills must close.",
        "The 2016 elections were lost.",
        "Figures for 2019 were poor.",
        "The old mill, built in around 1900, closed.",
        "Output stayed above 2019 levels.",
        "2017 figures show a fall.",
        "Between 2003 and 2010 rents rose.",
        "Its 2021 rivals left.",
        "About 2010 the quarry closed.",
        "He ruled the valley in 1538-9.",
        "She was queen of the valley 1558-1603.",
        "1706 - The mill burned down.",
        "It beat the 1998 Marsh Cup hosts.",
    ],
)
def test_a_year_is_no_count(text: str, parse: Parse) -> None:
    assert rows_of(parse(text)) == []


@pytest.mark.parametrize(
    ("text", "code", "unit"),
    [
        ("A $9.1 million grant.", "USD", "dollar"),
        ("It sold for a $400 fee.", "USD", "dollar"),
        ("Gifts passed the $2 billion mark.", "USD", "dollar"),
        ("It cost HK $5 in all.", "HKD", "hong kong dollar"),
        ("It cost C $5 in all.", "CAD", "canadian dollar"),
    ],
)
def test_what_stands_around_a_sum_is_not_its_currency(text: str, code: str, unit: str, parse: Parse) -> None:
    assert [(row["currency"], row["unit"]) for row in rows_of(parse(text))] == [(code, unit)]


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("Farmers make up about 80 percent of the town.", [None]),
        ("The fee was cut by three mayors.", [None]),
        ("The index fell by three points.", ["down"]),
        ("The index fell 190 points, or about 0.6%.", ["down", "down"]),
        ("Turnout fell 3% in a week or two.", ["down", None]),
        ("Turnout fell below 30 per cent.", [None]),
        ("Rolls grew by no more than 4,000.", ["up"]),
        ("One slide showed a 46,000 increase.", [None, "up"]),
        ("Clogs are 5% cheaper.", ["down"]),
        ("It nudged up its forecast for the valley by 0.1 percentage points.", ["up"]),
        ("Norlund had a net loss of $5 million, or 4 cents a share.", [None, None]),
        ("A loss of 5 percent would hurt.", ["down"]),
        ("He heard eight hundred climb now.", [None]),
        ("The index made a 50-point drop.", ["down"]),
        ("The herring fleet was off 2 percent.", ["down"]),
        ("Rye settled down 94 cents.", ["down"]),
        ("Rents rose 3% in May and 2% in June.", ["up", "up"]),
        ("Rents rose 3% and 2% of tenants left.", ["up", None]),
        ("The mill index ended up 1.2%.", ["up"]),
        ("Cut the fee by 10%.", ["down"]),
        ("Nobody works nine hours a day more than two days.", [None, None]),
        ("The lower 95 percent pay nothing.", [None]),
        ("She lost to Norlund by five points.", [None]),
        ("Norlund lost by 3 points.", [None]),
        ("Price: £23.99 More on the mill below.", [None]),
        ("It had an after-tax gain of $30 million.", [None]),
        ("They face a tax cut of $200.", ["down"]),
        ("He put 3 percent down and left.", [None]),
    ],
)
def test_a_change_is_a_size_and_no_level(text: str, changes: list[str | None], parse: Parse) -> None:
    assert [row["change"] for row in rows_of(parse(text))] == changes


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("The mill paid $15 million over 18 days.", {"bound": None}),
        ("The strike lasted over 18 days.", {"bound": "more_than"}),
        ("She handed over 40 medals.", {"bound": None}),
        ("Fences ran around the 240 barns.", {"approx": False}),
        ("Prices stood above the $40 mark.", {"bound": "more_than"}),
        ("Fewer than the 90 seats needed were won.", {"bound": "less_than"}),
        ("The pound stood near a 10-month high.", {"approx": False}),
        ("It is about a 20-minute walk.", {"approx": True}),
        ("They paid 8 percent more than the $5 million asked.", {"bound": None}),
        ("In May 2019 more than 500 came.", {"bound": "more_than"}),
        ("The ferry has not been seen for at least two years.", {"bound": "at_least", "low": 2.0, "high": None}),
        ("Nobody can be held for more than two days.", {"bound": "at_most", "low": None, "high": 2.0}),
        ("The talks did not last for more than two days.", {"bound": "at_most"}),
        ("People under 30 dance there.", {"bound": "less_than", "unit": "year of age"}),
    ],
)
def test_words_of_place_bound_no_figure(text: str, fields: dict[str, Any], parse: Parse) -> None:
    row: dict[str, Any] = dict(rows_of(parse(text))[-1])
    assert {name: row[name] for name in fields} == fields


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Omar and Jan, aged 50 and 46, drowned.", [50, 46]),
        ("Omar (26), Jan (23) and Prince (24) drowned.", [26, 23, 24]),
        ("Pupils aged 12 years came.", [12]),
        ("Girls as young as 14 worked there.", [14]),
        ("Now 24, she runs the mill.", [24]),
        ("You're 22.", [22]),
        ("A monk in his late 20's came.", [None]),
    ],
)
def test_ages_in_a_list_are_ages(text: str, values: list[float], parse: Parse) -> None:
    rows = quantities(
        parse(text), [], [{"start": 0, "end": 4, "type": "PERSON", "text": "Omar", "entity_id": "", "name": ""}]
    )
    assert [row["value"] for row in rows] == values
    assert rows[-1]["unit"] == "year of age"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The inquiry took two-and-a-half years.", 2.5),
        ("The cut was three twenty-firsts.", 3 / 21),
        ("A tally of one hundred and thirty fifths.", 26),
        ("Under Act 51 of 1977 he paid $4.", 4),
        ("The hall was 1200x900 metres.", 1200),
        ("The night fell to -22°F (-30°C).", -22),
        ("The lamb weighed 6 pounds, 4 ounces.", 6.25),
        ("The guard is 5'6\" tall.", 5.5),
        ("The odds were 5 to 1.", 5),
        ("Growth was poor (-0.3%).", -0.3),
        ("It will last over the next three quarters.", 3),
        ("Some three quarters of the town burned.", 0.75),
        ("A tally of 4 thousand 3 hundred and 21 is odd.", 4321),
        ("He paid three cr twelve lac in tax.", 31_200_000),
        ("It was his seventythird win.", 73),
        ("two hundred twentyfive rooms burned.", 225),
        ("one", 1),
        ("A tally of 4 thousand 3 hundred and 0 is odd.", 4300),
    ],
)
def test_numbers_in_pieces(text: str, value: float, parse: Parse) -> None:
    assert next(row["value"] for row in rows_of(parse(text))) == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("It took twenty-odd years.", ("year", None, True)),
        ("He has 15-plus years left.", ("year", "at_least", False)),
        ("They walked 5 or more miles.", ("mile", "at_least", False)),
        ("Ten or so barns burned.", (None, None, True)),
    ],
)
def test_a_unit_is_read_past_what_qualifies(text: str, told: tuple[Any, ...], parse: Parse) -> None:
    (row,) = rows_of(parse(text))
    assert (row["unit"], row["bound"], row["approx"]) == told


def test_two_bounds_with_negations_are_one_interval(parse: Parse) -> None:
    rows = quantities(parse("The score is no more than 50 and no less than 20."), [], [])
    assert [(row["value"], row["low"], row["high"]) for row in rows] == [(None, 20.0, 50.0)]


def test_a_target_of_so_much_to_so_much_per_cent_is_no_score(parse: Parse) -> None:
    (row,) = quantities(parse("The bank set its target at 2 to 3 per cent."), [], [])
    assert (row["kind"], row["low"], row["high"]) == ("percent", 2.0, 3.0)


def test_a_change_its_level_and_its_baseline_are_tied(parse: Parse) -> None:
    rows = quantities(parse("Exports rose 3% to 4.5 million tonnes from 4.4 million tonnes."), [], [])
    size, level, start = rows
    assert (size["change"], level["change"], start["change"]) == ("up", None, None)
    assert (size["baseline"], level["baseline"], start["baseline"]) == (2, 2, None)


@pytest.mark.parametrize(
    ("text", "baselines"),
    [
        ("Imports were 500 tonnes, down from 600 tonnes.", [1, None]),
        ("Profit was $5m, up from $4m.", [1, None]),
        ("Rents dropped from $900 a month in May to $850.", [None, 0]),
        ("Exports rose 11.4%, while imports rose 4.5%, from $3m.", [None, 2, None]),
        ("Copper is down 20% from its peak of 400.", [1, None]),
        ("Sales fell 5% from 3 months before.", [None, None]),
        ("Rents rose from $900 to $950.", [None, 0]),
        ("Ministers raised the age from 62 to 64.", [None, 0]),
        ("Fares were up from 3 to 4 euros.", [None, 0]),
        ("Falls in fares ranged from 3 to 4 euros.", [None]),
        ("Onset varies from three weeks to five years.", [None, None]),
        ("The huts are priced from $500 to over $900.", [None]),
    ],
)
def test_what_a_change_or_level_starts_from_is_its_baseline(
    text: str, baselines: list[int | None], parse: Parse
) -> None:
    assert [row["baseline"] for row in rows_of(parse(text))] == baselines


def test_a_noun_left_out_is_the_noun_before(parse: Parse) -> None:
    rows = quantities(parse("They want up to 500 guards by spring and will raise that to 1,000 total."), [], [])
    assert [(row["value"], row["counted"]) for row in rows] == [(500.0, "guards"), (1000.0, "guards")]


def test_a_list_of_levels_describes_one_thing(parse: Parse) -> None:
    rows = quantities(parse("The grid's frequency was 49.5 hertz on Monday, 50.1 hertz on Friday."), [], [])
    assert [(row["value"], row["about"]) for row in rows] == [(49.5, "grid's frequency"), (50.1, "grid's frequency")]


def test_a_list_counts_each_of_its_own(parse: Parse) -> None:
    rows = quantities(parse("The blast left three dead, 12 wounded."), [], [])
    assert [(row["value"], row["counted"]) for row in rows] == [(3.0, "dead"), (12.0, "wounded")]


def test_a_conversion_shares_what_is_said(parse: Parse) -> None:
    rows = quantities(parse("The swarm flew more than 100 kilometres (62 miles)."), [], [])
    assert [(row["unit"], row["bound"]) for row in rows] == [("kilometre", "more_than"), ("mile", "more_than")]


def test_numbers_of_names_and_dates_are_left_to_them(parse: Parse) -> None:
    text = "Group of 12 met for 3 days on the 9th."
    mention: Mention = {"start": 0, "end": 11, "text": text[:11], "type": "ORG", "entity_id": "", "name": ""}
    when: Time = {
        "start": 33,
        "end": 37,
        "text": text[33:37],
        "type": "DATE",
        "value": "XXXX-XX-09",
        "first_day": None,
        "last_day": None,
    }
    assert [row["text"] for row in quantities(parse(text), [when], [mention])] == ["3 days"]


@example(text="zero zero zero zero lac ")  # the noun counted is a number, and the last word
@given(text=st.text(alphabet=st.sampled_from("0123456789 .,-–$%£€/()one two million to of mkK½\n'’"), max_size=60))
def test_any_text_gives_rows_that_are_their_spans(text: str, parse: Parse) -> None:
    end = 0
    for row in rows_of(parse(text)):
        assert text[row["start"] : row["end"]] == row["text"]
        assert row["start"] >= end
        assert row["value"] is not None or row["low"] is not None or row["high"] is not None
        end = row["end"]


@pytest.mark.parametrize(
    "piece",
    [
        *("1,000", "one hundred and ", "5-", "$1 to ", "1/2", "a@", "12.", "two out of ", "up to "),
        *("two-and-a-", "over the 5 ", "aged 5 and ", "(5) ", "from 5 to ", "3 or ", "up 5%, from ", "2000 people "),
    ],
)
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    from pipelines.extract.ages import read_ages
    from pipelines.extract.changes import mark_changes
    from pipelines.extract.exclusions import is_figure
    from pipelines.extract.grammar import scan
    from pipelines.extract.lexemes import lex
    from pipelines.extract.qualifiers import qualify

    def seconds(count: int) -> float:
        text = piece * count
        begin = time.process_time()
        lexemes = lex(text)
        figures = list(scan(lexemes))
        read_ages(lexemes, figures, [])
        for figure in figures:
            is_figure(lexemes, figure)
            qualify(lexemes, figure)
        mark_changes(lexemes, figures)
        return time.process_time() - begin

    short, long = min(seconds(200) for _ in range(3)), min(seconds(2000) for _ in range(3))
    assert long < 40 * short + 0.05
