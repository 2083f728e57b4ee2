"""Today: what came in, from whom, what was rejected and why, who fell silent, and what is new in it."""

from datetime import date, timedelta
from typing import Any

from starlette.requests import Request

from pipelines.desk.figures import newest_conflicts
from pipelines.desk.newest import Reading
from pipelines.desk.view import View, asked

DAYS = 14  # up to the day looked at
MOST = 12  # rows of a list

LAST_DAY = "select max(day) as day from core.articles where is_latest"
BY_DAY = """
    select day, sum(articles)::bigint as articles, count(*) as publishers
    from mart.articles_daily where day between $first and $day group by day order by day desc"""
BY_PUBLISHER = """
    select publisher, articles, updated, wire
    from mart.articles_daily where day = $day order by articles desc, publisher limit $most"""
INTAKE = """
    select captured_at::date as day, outcome, count(*) as captures
    from core.outcomes
    where captured_at >= (select max(captured_at)::date - 6 from raw.captures)
    group by all order by day desc, outcome"""
REJECTS = "from mart.rejects_by_reason order by last_captured_at desc limit $most"
TROUBLED = """
    select * from mart.source_health where is_silent or cleans_badly or failures > 0
    order by is_silent desc, failures desc, source limit $most"""
NEWEST = """
    select figure, counted, about, speaker, hedge, publisher, version_id, quantity
    from mart.figures
    where day = $day and speaker is not null and kind in ('cardinal', 'money', 'percent', 'measure')
    order by published_at desc nulls last, version_id, quantity limit $most"""
ARTICLES = """
    select version_id, title, publisher, published_utc
    from core.articles where is_latest and day = $day order by published_utc desc nulls last, version_id limit $most"""


def show(reading: Reading, request: Request) -> dict[str, Any]:
    """The day that is asked for, or the newest that an article is of."""
    newest = reading.rows(LAST_DAY)[0]["day"]
    day = _day(asked(request, "day", 10)) or newest
    if day is None:
        return {"title": "Today", "day": None, "newest": None} | _intake(reading)
    on_day = {"day": day, "most": MOST}
    return {
        "title": "Today",
        "day": day,
        "newest": newest,
        "before": day - timedelta(days=1),
        "after": day + timedelta(days=1) if day < newest else None,
        "days": reading.rows(BY_DAY, {"first": day - timedelta(days=DAYS - 1), "day": day}),
        "publishers": reading.rows(BY_PUBLISHER, on_day),
        "articles": reading.rows(ARTICLES, on_day),
        "figures": reading.rows(NEWEST, on_day),
        "conflicts": newest_conflicts(reading, 4),
    } | _intake(reading)


def _intake(reading: Reading) -> dict[str, Any]:
    return {
        "intake": reading.rows(INTAKE),
        "rejects": reading.rows(REJECTS, {"most": MOST}),
        "troubled": reading.rows(TROUBLED, {"most": MOST}),
    }


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


VIEW = View("/", "Today", "today.html", show)
