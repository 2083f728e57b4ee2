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
    ("It opens at 10.30am on Sunday.", "10.30am on Sunday TIME 2025-12-14T10:30 2025-12-14..2025-12-14"),
    ("The siren sounded at 0735 GMT Monday.", "0735 GMT Monday TIME 2025-12-08T07:35Z 2025-12-08..2025-12-08"),
    ("The fair opens on June 15-17.", "June 15-17 DATE 2026-06-15/2026-06-17 2026-06-15..2026-06-17"),
    ("It drew crowds from 15 to 17 June 2024.", "15 to 17 June 2024 DATE 2024-06-15/2024-06-17 2024-06-15..2024-06-17"),
    ("Sales sank in the last quarter of 2024.", "the last quarter of 2024 DATE 2024-Q4 2024-10-01..2024-12-31"),
    ("Profit fell in the fiscal third quarter.", "the fiscal third quarter DATE 2025-Q3"),
    ("It lost money in the current fiscal year.", "the current fiscal year DATE 2025"),
    ("The grant is for fiscal year 2026-27.", "fiscal year 2026-27 DATE 2026/2027"),
    ("The early 2000s were lean.", "The early 2000s DATE 200X 2000-01-01..2003-04-30"),
    ("He slept for the last 24 hours.", "the last 24 hours DURATION PT24H 2025-12-12..2025-12-13"),
    ("It was posted 24 hours ago.", "24 hours ago TIME 2025-12-12TXX 2025-12-12..2025-12-12"),
    ("They meet the day after tomorrow.", "the day after tomorrow DATE 2025-12-15 2025-12-15..2025-12-15"),
    ("They move in the new year.", "the new year DATE 2026 2026-01-01..2026-03-31"),
    ("He was hurt on Christmas Eve.", "Christmas Eve DATE 2024-12-24 2024-12-24..2024-12-24"),
    ("She was born on New Year's Day.", "New Year's Day DATE 2025-01-01 2025-01-01..2025-01-01"),
    ("The parade on St. Patrick's Day was short.", "St. Patrick's Day DATE 2025-03-17 2025-03-17..2025-03-17"),
    ("He died in the September 11 attacks.", "September 11 DATE 2001-09-11 2001-09-11..2001-09-11"),
    ("The Jan. 7 attacks shook the town.", "Jan. 7 DATE 2025-01-07 2025-01-07..2025-01-07"),
    ("The offer was extended to Jan. 20.", "Jan. 20 DATE 2026-01-20 2026-01-20..2026-01-20"),
    ("Fires broke out in January.", "January DATE 2025-01 2025-01-01..2025-01-31"),
    ("He would say no more, calling Monday's drill a warning.", "Monday DATE 2025-12-08 2025-12-08..2025-12-08"),
    ("Monday's vote will decide it.", "Monday DATE 2025-12-15 2025-12-15..2025-12-15"),
    ("Growth will be less than forecast in July.", "July DATE 2025-07 2025-07-01..2025-07-31"),
    ("On Wednesday they are to travel north.", "Wednesday DATE 2025-12-17 2025-12-17..2025-12-17"),
    ("The trial begins a week from Friday.", "a week from Friday DATE 2025-12-26 2025-12-26..2025-12-26"),
    ("They waited until Tuesday.", "Tuesday DATE 2025-12-09 2025-12-09..2025-12-09"),
    ("Orders slipped in the final quarter.", "the final quarter DATE 2025-Q4 2025-10-01..2025-12-31"),
    ("It hit a 29-1/2-year high.", "29-1/2-year DURATION P29Y6M"),
    ("The roof should last decades.", "decades DURATION PXDE"),
    ("Profit at the game shop fell in the first half.", "the first half DATE 2025-H1 2025-01-01..2025-06-30"),
    ("A penalty was added in the first half.", "the first half DATE 2025-H1 2025-01-01..2025-06-30"),
    ("The current mayor won.", "current DATE PRESENT_REF 2025-12-13..2025-12-13"),
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
        "April Sorensen met June Carrow.",
        "The shop is open 24/7.",
        "Much has changed after 9/11.",
        "The ocean current is strong.",
        "They live on Easter Island.",
        "She scored twice in the first half as the Larks won 3-1.",
        "He caught a touchdown in the third quarter.",
        "A header in the first half and a late goal won it.",
        "The Spring Festival of Dunmarsh was a success.",
        "Troops march on, prices fall, and Sat Nair sat in the sun.",
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


LEANING = [
    (
        "The three months ended Sept. 30 were good.",
        ["The three months P3M 2025-07-01..2025-09-30", "Sept. 30 2025-09-30 2025-09-30..2025-09-30"],
    ),
    (
        "The year ended Jan. 31 was good.",
        ["The year P1Y 2024-02-01..2025-01-31", "Jan. 31 2025-01-31 2025-01-31..2025-01-31"],
    ),
    (
        "It grew in the 12 months to October.",
        ["the 12 months P12M 2024-11-01..2025-10-31", "October 2025-10 2025-10-01..2025-10-31"],
    ),
    (
        "It grew in the first nine months of 2025.",
        ["the first nine months P9M 2025-01-01..2025-09-30", "2025 2025 2025-01-01..2025-12-31"],
    ),
    (
        "It shrank in the last three months of last year.",
        ["the last three months P3M 2024-10-01..2024-12-31", "last year 2024 2024-01-01..2024-12-31"],
    ),
    (
        "It ran from December 20 to January 5.",
        ["December 20 2025-12-20 2025-12-20..2025-12-20", "January 5 2026-01-05 2026-01-05..2026-01-05"],
    ),
    (
        "It ran from April 24 to May 3, 1999.",
        ["April 24 1999-04-24 1999-04-24..1999-04-24", "May 3, 1999 1999-05-03 1999-05-03..1999-05-03"],
    ),
    (
        "It was dry between June and August 2024.",
        ["June 2024-06 2024-06-01..2024-06-30", "August 2024 2024-08 2024-08-01..2024-08-31"],
    ),
    (
        "Storms are possible both Saturday and Sunday.",
        ["Saturday 2025-12-13 2025-12-13..2025-12-13", "Sunday 2025-12-14 2025-12-14..2025-12-14"],
    ),
    (
        "The vote is Tuesday.",
        ["Tuesday 2025-12-16 2025-12-16..2025-12-16"],
    ),
    (
        "He led ahead of Tuesday's vote, as every now and again.",
        ["Tuesday 2025-12-16 2025-12-16..2025-12-16"],
    ),
    (
        "They part at the end of the year. Earlier it rained.",
        ["the end of the year 2025 2025-12-31..2025-12-31"],
    ),
    (
        "The Sunday Times said on Sunday that he left.",
        ["Sunday 2025-12-07 2025-12-07..2025-12-07"],
    ),
    (
        "They raced on May 3, 4 and 6.",
        ["May 3 2025-05-03 2025-05-03..2025-05-03"]
        + [f"{day} 2025-05-0{day} 2025-05-0{day}..2025-05-0{day}" for day in (4, 6)],
    ),
    (
        "The fair of 24 and 25 April drew crowds.",
        ["24 2025-04-24 2025-04-24..2025-04-24", "25 April 2025-04-25 2025-04-25..2025-04-25"],
    ),
    (
        "It rained on June 12 and 13, 2021.",
        [
            "June 12 2021-06-12 2021-06-12..2021-06-12",
            "13 2021-06-13 2021-06-13..2021-06-13",
            "2021 2021 2021-01-01..2021-12-31",
        ],
    ),
    (
        "On June 12 and 13 sheep fled.",
        ["June 12 2025-06-12 2025-06-12..2025-06-12"],
    ),
    (
        "May told aides that she may go in May. Nora May is the premier.",
        ["May 2026-05 2026-05-01..2026-05-31"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), LEANING)
def test_times_that_lean_on_others(parse: Parse, text: str, expected: list[str]) -> None:
    rows = found(parse, text)
    assert [f"{row['text']} {row['value']} {row['first_day']}..{row['last_day']}" for row in rows] == expected


def test_a_fiscal_quarter_takes_its_days_from_its_end_and_keeps_its_number(parse: Parse) -> None:
    text = "The fiscal first quarter was good. In the quarter ended Oct. 31 sales rose from a year earlier."
    rows = [row for row in found(parse, text) if row["text"] != "Oct. 31"]
    assert [(row["value"], row["first_day"]) for row in rows] == [
        ("2025-Q1", None),
        ("2025-Q1", date(2025, 8, 1)),
        ("2024-Q1", date(2024, 8, 1)),
    ]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (
            "Third-quarter profit rose. It warned of fourth-quarter costs. The latest quarter beat a year earlier.",
            ["2025-Q3", "2025-Q4", "2025-Q3", "2024-Q3"],
        ),
        (
            "Profit rose in the third quarter after a flat second quarter. Taxes fell in the quarter.",
            ["2025-Q3", "2025-Q2", "2025-Q3"],
        ),
        (
            "Third-quarter profit fell. In the first nine months it rose from $4 million in the 2024 period.",
            ["2025-Q3", "P9M", "2024"],
        ),
        ("It warned of fourth-quarter costs. They rose in the quarter.", ["2025-Q4", "2025-Q4"]),
    ],
)
def test_a_report_is_about_the_last_whole_quarter_that_it_names(parse: Parse, text: str, values: list[str]) -> None:
    assert [row["value"] for row in found(parse, text)] == values


def test_a_month_of_a_plan_lies_ahead(parse: Parse) -> None:
    texts = ["It announced an agreement to buy the mill in March.", "It agreed after it bought the mill in March."]
    rows = [found(parse, text) for text in texts]
    assert [row["value"] for [row] in rows] == ["2026-03", "2025-03"]


def test_a_time_that_it_has_been_so_since_or_had_been_due_at_is_past(parse: Parse) -> None:
    texts = (
        "The largest loss since January was reported.",
        "Rents have risen since year-end.",
        "The bid must close by year-end.",
        "The bid had been due to expire on Friday.",
        "The bid is due to expire on Friday.",
    )
    rows = [found(parse, text)[0] for text in texts]
    assert [str(row["first_day"]) for row in rows] == [
        "2025-01-01",
        "2024-12-31",
        "2025-12-31",
        "2025-12-12",
        "2025-12-19",
    ]


def test_one_day_is_a_length_or_a_day_that_nobody_knows(parse: Parse) -> None:
    texts = ("The chapel will one day open.", "One day he left.", "It came one day after the vote.", "It took one day.")
    values = [[row["value"] for row in found(parse, text)] for text in texts]
    assert [rows[0] for rows in values] == ["FUTURE_REF", "PAST_REF", "P1D", "P1D"]


def test_this_weekend_with_a_past_verb_is_the_last_one(parse: Parse) -> None:
    wednesday = date(2025, 12, 10)
    rows = [found(parse, f"The choir {verb} in Oslo this weekend.", wednesday) for verb in ("sang", "will sing")]
    assert [row["first_day"] for [row] in rows] == [date(2025, 12, 6), date(2025, 12, 13)]


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
parsed = model.of(text)
print(json.dumps([times(parsed, day) for day in (datetime.date(2021, 6, 2), None)], default=str))
"""


def test_the_day_the_code_runs_on_changes_nothing() -> None:
    far = str(timedelta(days=1234).total_seconds())
    runs = [
        subprocess.run([sys.executable, "-c", SCRIPT, shift], capture_output=True, check=True, text=True)
        for shift in ("0", far)
    ]
    assert runs[0].stdout == runs[1].stdout
    assert min(map(len, json.loads(runs[0].stdout))) > 6  # with and without a day of publication


VOCABULARY = """the last past next two 5 12 1999 May March Friday , - of quarter years ago earlier 's night 9:30 p.m.
early first fiscal half week a since EST end second 30 th's winter Easter now every day ½ ( ) . 13/45/2020 2015-02-29 0
31 century millennium 9999 99999 decades and to or so"""
WORDS = st.sampled_from([*VOCABULARY.split(), "\n", ""])
PHRASES = st.lists(WORDS, max_size=14)
TEXTS = st.one_of(st.text(max_size=80), PHRASES.map(" ".join), PHRASES.map("".join))


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
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
