"""Arithmetic of calendar periods."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from pipelines.extract import timex_calendar as cal
from pipelines.extract.timex_holidays import holiday

UNITS = st.sampled_from(
    ["day", "week", "weekend", "month", "quarter", "half", "season", "year", "decade", "century", "millennium"]
)


@given(UNITS, st.dates(date(2, 1, 1), date(9900, 1, 1)))
def test_a_day_lies_in_the_period_that_holds_it(unit: cal.Unit, d: date) -> None:
    period = cal.holding(unit, d)
    assert period.first
    assert period.last
    assert unit == "weekend" or period.first <= d <= period.last


@given(
    UNITS.filter(lambda unit: unit != "millennium"), st.dates(date(1000, 1, 1), date(3000, 1, 1)), st.integers(-5, 5)
)
def test_shifting_there_and_back_ends_where_it_began(unit: cal.Unit, d: date, count: int) -> None:
    there = cal.shifted(unit, d, count)
    assert there
    assert there.first
    assert cal.shifted(unit, there.first, -count) == cal.holding(unit, d)


@given(UNITS, st.dates(), st.integers(-(10**9), 10**9))
def test_no_shift_leaves_the_calendar(unit: cal.Unit, d: date, count: int) -> None:
    period = cal.shifted(unit, d, count)
    assert period is None or period.value


@given(UNITS, st.dates(date(2, 1, 1), date(9900, 1, 1)), st.sampled_from(["start", "mid", "end", "first", "last"]))
def test_a_part_lies_within_its_whole(unit: cal.Unit, d: date, name: str) -> None:
    whole = cal.holding(unit, d)
    part = cal.part(whole, name)
    assert part.value == whole.value
    assert whole.first
    assert part.first
    assert part.last
    assert whole.last
    assert whole.first <= part.first <= part.last <= whole.last


def test_weeks_and_winters_cross_the_turn_of_the_year() -> None:
    assert cal.week(date(2026, 1, 1)) == cal.Period("2026-W01", "week", date(2025, 12, 29), date(2026, 1, 4))
    assert cal.holding("season", date(2026, 2, 1)).value == "2025-WI"
    assert cal.season(2025, "WI").last == date(2026, 2, 28)


def test_there_is_no_29_february_in_2015() -> None:
    assert cal.real_day(2015, 2, 29) is None
    assert cal.add_months(date(2016, 2, 29), -12) == date(2015, 2, 28)


def test_holidays_fall_where_the_rule_puts_them() -> None:
    days = {
        "thanksgiving": date(2025, 11, 27),
        "election day": date(2028, 11, 7),
        "memorial day": date(2025, 5, 26),
        "easter": date(2025, 4, 20),
        "good friday": date(2024, 3, 29),
        "labor day": date(2025, 9, 1),
        "cyber monday": date(2025, 12, 1),
        "christmas": date(1951, 12, 25),
    }
    for name, expected in days.items():
        found = holiday(name, expected.year)
        assert found
        assert found.first == expected
