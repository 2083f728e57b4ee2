"""Publication times and their evidence."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.clean import dates


@pytest.mark.parametrize(
    ("text", "value", "zone"),
    [
        ("December 3, 2024 9:05 ET (14:05 GMT)", "2024-12-03T09:05:00-05:00", "known"),
        ("Published July 3, 2024 at 9:05 p.m. EDT", "2024-07-03T21:05:00-04:00", "known"),
        ("17:41 JST, October 13, 2024", "2024-10-13T17:41:00+09:00", "known"),
        ("10:48, Tue, Nov 19, 2019", "2019-11-19T10:48:00", "none"),
        ("Friday, 22 Nov 2024 4:55 PM MYT", "2024-11-22T16:55:00+08:00", "known"),
        ("3rd March 2021", "2021-03-03", "none"),
        ("2 June 2021 12:00 IST", "2021-06-02T12:00:00+05:30", "assumed"),
        ("13/06/2014", "2014-06-13", "none"),
        ("05/05/2014", "2014-05-05", "none"),
        ("03.04.2019, 08:57", "2019-04-03T08:57:00", "none"),
        ("On 11/13/19 at 4:00 PM EST", "2019-11-13T16:00:00-05:00", "known"),
        ("12. März 2024, um 14:05 Uhr", "2024-03-12T14:05:00", "none"),
        ("le 1er mars 2024 à 14h05", "2024-03-01T14:05:00", "none"),
        ("12 de marzo de 2024, 10:30", "2024-03-12T10:30:00", "none"),
        ("23 августа 2018", "2018-08-23", "none"),
        ("2024年3月12日", "2024-03-12", "none"),
        ("Tue Nov 19 2019 12:00:00 GMT+0200", "2019-11-19T12:00:00+02:00", "known"),
        ("2019-11-18T23:30:00Z Health", "2019-11-18T23:30:00+00:00", "known"),
    ],
)
def test_times_as_people_write_them(text: str, value: str, zone: str) -> None:
    (found,) = dates.in_text("byline", text)
    assert (found.value, found.zone) == (value, zone)
    assert found.surface in text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2024-04-26T15:24:04.336Z", "2024-04-26T15:24:04+00:00"),
        ("2021-12-25T13:46:00-0400", "2021-12-25T13:46:00-04:00"),
        ("Fri, 26 Apr 2024 15:24:04 GMT", "2024-04-26T15:24:04+00:00"),
        ("2024-04-26", "2024-04-26"),
        ("20240426", "2024-04-26"),
        ("20240426T152404Z", "2024-04-26T15:24:04+00:00"),
        ("1714145044", "2024-04-26T15:24:04+00:00"),
        ("1714145044336", "2024-04-26T15:24:04+00:00"),
    ],
)
def test_times_for_machines(text: str, value: str) -> None:
    found = dates.iso("meta", text)
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize(
    "text",
    [
        "2024-13-01",
        "2024-02-30",
        "0000-00-00",
        "yesterday",
        "",
        "12-14",
        "1",
        "99:99",
        "05/06/2014",
        "13/06/14",
        "20241301",
        "0000000001",
        "31 февраля 2019",
    ],
)
def test_no_date_is_invented(text: str) -> None:
    assert dates.iso("meta", text) is None


def test_the_address_tells_the_day() -> None:
    found = dates.in_url("https://news.example/world/2023/nov/08/bridge")
    assert found is not None
    assert found.value == "2023-11-08"
    assert dates.in_url("https://news.example/p/20239912345") is None


def test_nothing_was_published_after_its_capture() -> None:
    late, early = dates.iso("jsonld", "2031-01-01T00:00:00Z"), dates.iso("meta", "2024-05-01T00:00:00Z")
    assert late is not None
    assert early is not None
    ranked = dates.ranked([late, early], datetime(2025, 1, 1, tzinfo=UTC))
    assert ranked == [early, late]
    assert dates.winner([late], datetime(2025, 1, 1, tzinfo=UTC)) is None


def test_a_time_beats_the_bare_day_it_falls_on() -> None:
    day, time = dates.iso("jsonld", "2024-05-01"), dates.iso("time", "2024-05-01T08:00:00Z")
    assert day is not None
    assert time is not None
    assert dates.ranked([day, time], None)[0] == time


def test_each_candidate_tells_why_it_won_or_lost() -> None:
    late, day, time = (
        dates.iso("jsonld", text) for text in ("2031-01-01T00:00:00Z", "2024-05-01", "2024-05-01T08:00:00Z")
    )
    meta = dates.iso("meta", "2024-05-01T07:00:00Z")
    assert late
    assert day
    assert time
    assert meta
    latest = datetime(2025, 1, 1, tzinfo=UTC)
    ranked = dates.ranked([day, meta, late], latest)
    assert [row["verdict"] for row in dates.evidence(ranked, latest)] == ["won", "day_only", "later_than_capture"]
    ranked = dates.ranked([time, meta, day], latest)
    assert [row["verdict"] for row in dates.evidence(ranked, latest)] == ["won", "not_first_of_source", "lesser_source"]


@given(st.text(alphabet="0123456789 :-/T+Zapm.,MayJuneth", max_size=60))
def test_any_text_gives_dates_that_exist(text: str) -> None:
    for found in [*dates.in_text("byline", text), *filter(None, [dates.iso("meta", text), dates.in_url(text)])]:
        datetime.fromisoformat(found.value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("010930 EST MAR 25", "2025-03-01T09:30:00-05:00"),
        ("311405Z Dec 1998", "1998-12-31T14:05:00+00:00"),
        ("AP-NY-03-01-85 0930EST", "1985-03-01T09:30:00-05:00"),
    ],
)
def test_day_hour_groups(text: str, value: str) -> None:
    (found,) = dates.day_hour(text)
    assert (found.source, found.value, found.zone) == ("wire", value, "known")


@pytest.mark.parametrize(
    "text", ["990930 GMT MAR 25", "012530 GMT MAR 25", "he counted 010930 crowns", "13-41-85 0930EST"]
)
def test_numbers_are_no_day_hour_groups(text: str) -> None:
    assert list(dates.day_hour(text)) == []
