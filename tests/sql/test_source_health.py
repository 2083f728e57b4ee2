"""mart.source_health: when a source is silent, and when its articles clean badly, by its own past."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from pipelines import models
from pipelines.build import run_check
from tests.sql.conftest import Filled
from tests.world import NOON, SQL, Rows, article, row, together

HOUR = timedelta(hours=1)


def visit(hours: float, new: int = 0, outcome: str = "ok", **given: Any) -> Rows:
    """A visit to the feed, so many hours before noon."""
    at = NOON - hours * HOUR
    key = f"visit-{hours}"
    about = {"source": "courier", "kind": "listing", "new_entries": new if outcome == "ok" else None} | given
    return {"raw/fetches": [row("raw/fetches", fetch_id=key, asked_at=at, outcome=outcome, **about)]}


def capture(number: int, *, words: int = 300, rejected: bool = False) -> Rows:
    """What the source brought, the higher the number the older, as an article or as a reject."""
    at = NOON - number * HOUR
    made = article(f"a{number}", "It rained.", captured_at=at, words=words)
    made["raw/captures"][0]["source"] = "web:courier"
    if rejected:
        key = {"capture_id": f"capture-a{number}", "captured_at": at}
        made = {"raw/captures": made["raw/captures"], "clean/rejects": [row("clean/rejects", reason="x", **key)]}
    return made


def health(filled: Filled, *parts: Rows) -> dict[str, Any]:
    found = filled(together(*parts)).sql("from mart.source_health")
    (values,) = found.fetchall()
    return dict(zip(found.columns, values, strict=True))


def test_what_a_source_brought_and_how_it_fails(filled: Filled) -> None:
    entries = {"raw/entries": [row("raw/entries", entry_id=n, source="courier") for n in ("asked", "waits")]}
    asked: dict[str, Any] = {"kind": "article", "entry_id": "asked", "new_entries": None}
    found = health(
        filled,
        visit(9, 2),
        visit(8),
        visit(3, outcome="server_error", error="status 500"),
        visit(2, outcome="throttled", error="status 429"),
        visit(7, outcome="gone", **asked),
        capture(8),
        entries,
    )
    assert (found["last_asked"], found["last_seen"]) == (NOON - 2 * HOUR, NOON - 8 * HOUR)
    assert (found["failures"], found["last_outcome"], found["last_error"]) == (2, "throttled", "status 429")
    assert (found["captures"], found["captures_week"], found["failed_week"], found["waiting"]) == (1, 1, 1, 1)
    assert (found["last_new_at"], found["quiet_hours"]) == (NOON - 9 * HOUR, 1)
    assert (found["usual_gap_hours"], found["is_silent"], found["cleans_badly"]) == (None, False, False)


def regular(until: int) -> list[Rows]:
    """Something new every two hours, until so many hours ago, and visits every hour."""
    return [visit(h, new=1 - h % 2) for h in range(until, until + 40)] + [visit(h) for h in range(until)]


@pytest.mark.parametrize(("quiet", "silent"), [(2, False), (5, False), (8, True), (30, True)])
def test_a_source_is_silent_by_its_own_rhythm(filled: Filled, quiet: int, silent: bool) -> None:  # noqa: FBT001
    found = health(filled, *regular(quiet))
    assert found["usual_gap_hours"] == pytest.approx(2)
    assert found["is_silent"] == silent


def test_the_sitemaps_of_an_index_are_one_visit(filled: Filled) -> None:
    parts = [visit(h - n / 1000, new=1 - h % 2, kind="part") for h in range(2, 42) for n in (1, 2, 3)]
    lost = visit(-0.5, outcome="timeout", kind="part")
    found = health(filled, *(visit(h) for h in range(42)), *parts, lost)
    assert found["usual_gap_hours"] == pytest.approx(2)
    assert (found["last_outcome"], found["failures"]) == ("ok", 0)


def test_nights_are_part_of_a_rhythm(filled: Filled) -> None:
    days = [visit(24 * d + h + 0.5, new=int(h > 8)) for d in range(12) for h in range(24)]
    found = health(filled, *days)
    assert not found["is_silent"]
    assert found["quiet_hours"] == pytest.approx(9)


def test_a_source_that_fails_is_not_called_silent(filled: Filled) -> None:
    found = health(filled, *regular(0), *(visit(-h, outcome="timeout") for h in range(1, 30)))
    assert (found["is_silent"], found["failures"]) == (False, 29)


@pytest.mark.parametrize(
    ("recent", "badly"),
    [
        ([capture(n) for n in range(20)], False),
        ([capture(n, rejected=n < 4) for n in range(20)], False),
        ([capture(n, rejected=n < 9) for n in range(20)], True),
        ([capture(n, words=160) for n in range(20)], False),
        ([capture(n, words=90) for n in range(20)], True),
        ([capture(n, words=90) for n in range(3)], False),
    ],
)
def test_articles_clean_badly_by_the_past_of_their_source(
    filled: Filled,
    recent: list[Rows],
    badly: bool,  # noqa: FBT001
) -> None:
    past = [capture(n, rejected=n % 20 == 0) for n in range(20, 80)]
    assert health(filled, visit(0), *recent, *past)["cleans_badly"] == badly


def test_the_checks_name_the_sources(filled: Filled) -> None:
    bad = [capture(n, rejected=True) for n in range(20)] + [capture(n) for n in range(20, 60)]
    lost = [visit(-h, outcome="timeout") for h in range(1, 4)]
    con = filled(together(*regular(30), *bad, *lost))
    found = {c.claim: run_check(con, c) for c in models.load(SQL).checks if c.table == "mart/source_health"}
    assert {claim: outcome.failures for claim, outcome in found.items()} == {"silent": 1, "cleans": 1, "answers": 1}
    assert all("courier" in str(outcome.example) for outcome in found.values())


def test_nothing_watched_gives_nothing(filled: Filled) -> None:
    assert filled(capture(1)).sql("from mart.source_health").fetchall() == []
    assert isinstance(NOON, datetime)
