"""Times of news prose, resolved against the day of publication."""

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from pipelines.extract.times import times
from pipelines.schemas import Time

SATURDAY = date(2025, 12, 13)
Parse = Callable[[str], Doc]


def found(parse: Parse, text: str, published: date | None = SATURDAY) -> list[Time]:
    return times(parse(text), published)


def shown(row: Time) -> str:
    """Text, type and value, and the days where they are known."""
    first, last = row["first_day"], row["last_day"]
    days = f" {first}..{last}" if first else ""
    return f"{row['text']} {row['type']} {row['value']}{days}"


PROSE = [
    ("The ministry opened its gates on Monday.", "Monday DATE 2025-12-08 2025-12-08..2025-12-08"),
    ("The ministry will open its gates on Monday.", "Monday DATE 2025-12-15 2025-12-15..2025-12-15"),
    ("Voters are expected to choose a mayor on Tuesday.", "Tuesday DATE 2025-12-16 2025-12-16..2025-12-16"),
    ("Owners gave the tenants until Wednesday.", "Wednesday DATE 2025-12-17 2025-12-17..2025-12-17"),
    ("The ferry sank on Saturday.", "Saturday DATE 2025-12-13 2025-12-13..2025-12-13"),
    ("They spoke after signing a lease in late September.", "late September DATE 2025-09 2025-09-21..2025-09-30"),
    ("Work will begin early next year.", "early next year DATE 2026 2026-01-01..2026-03-31"),
    ("The dam must be sealed by the end of 2026.", "the end of 2026 DATE 2026 2026-12-31..2026-12-31"),
    ("Repairs may take much of the next year.", "much of the next year DATE 2026 2026-01-01..2026-12-31"),
    ("The onset of winter closed the pass.", "The onset of winter DATE 2025-WI 2025-12-01..2025-12-31"),
    ("Rents fell last month.", "last month DATE 2025-11 2025-11-01..2025-11-30"),
    ("It has been only a month since the vote.", "a month DURATION P1M 2025-11-13..2025-12-13"),
    ("Exports doubled in the past five years.", "the past five years DURATION P5Y 2020-12-13..2025-12-13"),
    ("The next few days will be dry.", "The next few days DURATION PXD"),
    ("The levy starts in fiscal 2027.", "fiscal 2027 DATE 2027"),
    ("Orders slipped in the third quarter.", "the third quarter DATE 2025-Q3 2025-07-01..2025-09-30"),
    ("Orders slipped in Q2 2024.", "Q2 2024 DATE 2024-Q2 2024-04-01..2024-06-30"),
    ("The mill shut in the 1990s.", "the 1990s DATE 199X 1990-01-01..1999-12-31"),
    ("Banks close on Thanksgiving.", "Thanksgiving DATE 2025-11-27 2025-11-27..2025-11-27"),
    ("The bridge fell on Friday, Oct. 24.", "Friday, Oct. 24 DATE 2025-10-24 2025-10-24..2025-10-24"),
    ("Polls close at 8 p.m. EST Tuesday.", "8 p.m. EST Tuesday TIME 2025-12-16T20:00-05:00 2025-12-16..2025-12-16"),
    ("Cash flow for the third quarter of fiscal 2027 is fixed.", "the third quarter of fiscal 2027 DATE 2027-Q3"),
    ("The lights went out Friday night.", "Friday night TIME 2025-12-12TNI 2025-12-12..2025-12-12"),
    ("The temple was razed in 146 B.C.", "146 B.C. DATE BC0146"),
    ("The choir meets every Thursday.", "every Thursday SET XXXX-WXX-4"),
    ("He paints the fence every two years.", "every two years SET P2Y"),
    ("She has lived there for three years.", "three years DURATION P3Y"),
    ("Two weeks ago the pier burned.", "Two weeks ago DATE 2025-W48 2025-11-24..2025-11-30"),
    ("The harbour is now shut.", "now DATE PRESENT_REF 2025-12-13..2025-12-13"),
    ("The pact was signed on 4 July 1976.", "4 July 1976 DATE 1976-07-04 1976-07-04..1976-07-04"),
    ("Snow is due over the weekend.", "the weekend DATE 2025-W50-WE 2025-12-13..2025-12-14"),
    ("The 2012-13 season was short.", "2012-13 DATE 2012/2013 2012-01-01..2013-12-31"),
]


@pytest.mark.parametrize(("text", "expected"), PROSE)
def test_a_time_of_news_prose(parse: Parse, text: str, expected: str) -> None:
    assert [shown(row) for row in found(parse, text)] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "The court may decide, and we may appeal.",
        "May we come in?",
        "The committee moved to march on, and we will fall in line.",
        "A 34-year-old baker won.",
        "The child is six years old.",
        "Call 555-1990 or write to room A1990.",
        "A Boeing 737 landed beside a tank of model T-1990.",
        "They marched in the second row.",
        "Two-thirds of it and three-quarters of the rest were sold.",
        "The agency Dow12-14 printed it.",
        "The farm ships 700 crates a week.",
        "The day of 29 February 2015 never was.",
        "It cost $1990 and weighed 1,990 pounds.",
    ],
)
def test_what_is_no_time(parse: Parse, text: str) -> None:
    assert found(parse, text) == []


def test_without_a_day_of_publication_the_relative_stays_open(parse: Parse) -> None:
    text = "On Monday it rained; last month it snowed; in May 2019 it was dry; the third quarter was mild."
    assert [shown(row) for row in found(parse, text, None)] == [
        "Monday DATE XXXX-WXX-1",
        "last month DATE XXXX-XX",
        "May 2019 DATE 2019-05 2019-05-01..2019-05-31",
        "the third quarter DATE XXXX-Q3",
    ]


def test_a_year_earlier_is_the_quarter_reported_on(parse: Parse) -> None:
    rows = found(parse, "Profit in the third quarter was $3 million, against $2 million a year earlier.")
    assert [row["value"] for row in rows] == ["2025-Q3", "2024-Q3"]


def test_that_day_is_the_one_spoken_of(parse: Parse) -> None:
    rows = found(parse, "The dam broke on March 3, 2021. Later that day the mayor fled. He died the following year.")
    assert [row["value"] for row in rows] == ["2021-03-03", "2021-03-03", "2022"]


SCRIPT = """
import datetime, json, sys, time
shift = float(sys.argv[1])
real = time.time
time.time = lambda: real() + shift
class Date(datetime.date):
    @classmethod
    def today(cls):
        return cls.fromtimestamp(time.time())
datetime.date = Date
from pipelines.extract import model
from pipelines.extract.times import times
text = "On Monday, last spring, in March, today, two years ago, at Easter and at 5 p.m. it rained."
published = datetime.date.fromisoformat(sys.argv[2]) if len(sys.argv) > 2 else None
print(json.dumps(times(model.of(text), published), default=str))
"""


@pytest.mark.parametrize("published", [["2021-06-02"], []])
def test_the_day_the_code_runs_on_changes_nothing(published: list[str]) -> None:
    far = str(timedelta(days=1234).total_seconds())
    runs = [
        subprocess.run([sys.executable, "-c", SCRIPT, shift, *published], capture_output=True, check=True, text=True)
        for shift in ("0", far)
    ]
    assert runs[0].stdout == runs[1].stdout
    assert len(json.loads(runs[0].stdout)) > 6


VOCABULARY = """the last past next two 5 12 1999 May March Friday , - of quarter years ago earlier 's night 9:30 p.m.
early first fiscal half week a since EST end second 30 th's winter Easter now every day ½ ( ) . 13/45/2020 2015-02-29 0
31 century millennium 9999 99999 decades and to or so"""
WORDS = st.sampled_from([*VOCABULARY.split(), "\n", ""])
PHRASES = st.lists(WORDS, max_size=14)
TEXTS = st.one_of(st.text(max_size=80), PHRASES.map(" ".join), PHRASES.map("".join))


@settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS, st.one_of(st.none(), st.dates()))
def test_any_text_gives_valid_rows(parse: Parse, text: str, published: date | None) -> None:
    rows = found(parse, text, published)
    before = 0
    for row in rows:
        assert before <= row["start"] < row["end"] <= len(text)
        assert text[row["start"] : row["end"]] == row["text"]
        assert row["value"]
        first, last = row["first_day"], row["last_day"]
        assert (first is None) == (last is None)
        assert first is None or last is None or first <= last
        before = row["end"]
