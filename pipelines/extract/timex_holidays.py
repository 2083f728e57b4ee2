"""Holidays: on which day of a year they fall."""

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files

from pipelines.extract.timex_calendar import Period, add_days, day, easter, month, real_day

WEEK = 7


@cache
def holidays() -> dict[str, dict[str, int]]:
    """Each holiday's name in lower case, and the rule of its day (data/holidays.toml)."""
    text = files("pipelines.extract").joinpath("data/holidays.toml").read_text(encoding="utf-8")
    rules: dict[str, dict[str, int]] = tomllib.loads(text)["holidays"]
    return rules


def holiday(name: str, year: int) -> Period | None:
    """The day of a year on which a holiday falls."""
    rule = holidays()[name]
    if "easter" in rule:
        return day(add_days(easter(year), rule["easter"]))
    if "day" in rule:
        return real_day(year, rule["month"], rule["day"])
    if "after" in rule:
        return day(_weekday_from(date(year, rule["month"], rule["after"] + 1), rule["weekday"]))
    return day(_nth_weekday(year, rule["month"], rule["weekday"], rule["nth"]))


def _weekday_from(start: date, weekday: int) -> date:
    return add_days(start, (weekday - start.isoweekday()) % WEEK)


def _nth_weekday(year: int, number: int, weekday: int, nth: int) -> date:
    last = month(year, number).last
    if nth < 0 and last:
        return add_days(last, -((last.isoweekday() - weekday) % WEEK))
    return add_days(_weekday_from(date(year, number, 1), weekday), WEEK * (nth - 1))
