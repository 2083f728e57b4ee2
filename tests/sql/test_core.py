"""core.*: versions of articles, and what became of each capture."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import duckdb
import pytest

from pipelines import models
from pipelines.build import Outcome, run_check
from tests.sql.conftest import Filled
from tests.world import DAY, NOON, SQL, Rows, article, march, row

LATER = NOON + timedelta(hours=3)
OF_CAPTURES = ("raw/captures", "clean/articles", "clean/date_evidence")
LAST = NOON + timedelta(days=2)


def captured_again(rows: Rows, capture: str, at: datetime) -> Rows:
    """The same article of another capture; its facts are there already."""
    return {table: of_capture(rows[table], capture, at) for table in OF_CAPTURES}


def of_capture(rows: list[dict[str, Any]], capture: str, at: datetime) -> list[dict[str, Any]]:
    key = {"capture_id": capture, "captured_at": at}
    return [r | {name: value for name, value in key.items() if name in r} for r in rows]


def corrected(at: datetime) -> Rows:
    """A later version of the first march, with another figure."""
    rows = march(1, troops=180)
    for table, listed in rows.items():
        rows[table] = [r | {"version_id": "march-1b"} if "version_id" in r else r for r in listed]
    return rows | {table: of_capture(rows[table], "capture-march-1b", at) for table in OF_CAPTURES}


def reject(capture: str, at: datetime = NOON) -> Rows:
    key = {"capture_id": capture, "captured_at": at, "source": f"inbox/{capture}"}
    return {
        "raw/captures": [row("raw/captures", **key)],
        "clean/rejects": [row("clean/rejects", **key, stage="clean", reason="no_article", detail="A list of links")],
    }


def check(con: duckdb.DuckDBPyConnection, claim: str) -> Outcome:
    (found,) = (c for c in models.load(SQL).checks if f"{c.table}.{c.claim}" == claim)
    return run_check(con, found)


def test_an_article_has_one_row_a_version_and_the_first_capture_wins(filled: Filled) -> None:
    con = filled(captured_again(march(1), "a-later-one", LATER), corrected(LAST), march(1), march(2))
    rows = con.execute(
        """select version_id, article_id, version, is_latest, captures, capture_id, last_captured_at = ?
        from core.articles order by article_id, version""",
        [LATER],
    ).fetchall()
    assert rows == [
        ("march-1", "article-march-1", 1, False, 2, "capture-march-1", True),
        ("march-1b", "article-march-1", 2, True, 1, "capture-march-1b", False),
        ("march-2", "article-march-2", 1, True, 1, "capture-march-2", False),
    ]


def test_of_captures_at_one_moment_the_smaller_id_wins(filled: Filled) -> None:
    rows = march(1)
    moment = rows["clean/articles"][0]["captured_at"]
    con = filled(rows, captured_again(rows, "a", moment), captured_again(rows, "z", moment))
    assert con.execute("select capture_id, captures from core.articles").fetchall() == [("a", 3)]


@pytest.mark.parametrize(
    ("published_at", "published_day", "day", "utc"),
    [
        ("2026-03-02T23:30:00-05:00", date(2026, 3, 2), date(2026, 3, 2), datetime(2026, 3, 3, 4, 30, tzinfo=UTC)),
        ("2026-03-02T23:30:00Z", date(2026, 3, 2), date(2026, 3, 2), datetime(2026, 3, 2, 23, 30, tzinfo=UTC)),
        ("2026-03-02T23:30:00", date(2026, 3, 2), date(2026, 3, 2), None),
        ("2026-02-27", date(2026, 2, 27), date(2026, 2, 27), None),
        ("2026-13-45T99:99:00+02:00", None, DAY, None),
        (None, None, DAY, None),
    ],
)
def test_the_day_is_the_publishers_and_the_moment_is_only_given_where_it_is_known(
    filled: Filled, published_at: str | None, published_day: date | None, day: date, utc: datetime | None
) -> None:
    con = filled(article("v", "Words.", published_at=published_at, published_day=published_day))
    ((found_day, moment),) = con.execute("select day, epoch(published_utc) from core.articles").fetchall()
    assert (found_day, moment) == (day, utc.timestamp() if utc else None)


def test_every_capture_is_exactly_one_of_four_things(filled: Filled) -> None:
    con = filled(march(1), captured_again(march(1), "again", LATER), corrected(LAST), reject("broken"), march(2))
    rows = con.execute("select capture_id, outcome, reason, version_id from core.outcomes order by 1").fetchall()
    assert rows == [
        ("again", "duplicate", None, "march-1"),
        ("broken", "reject", "no_article", None),
        ("capture-march-1", "article", None, "march-1"),
        ("capture-march-1b", "new_version", None, "march-1b"),
        ("capture-march-2", "article", None, "march-2"),
    ]
    for claim in ("counts_add_up", "each_capture_has_one", "nothing_waits"):
        assert check(con, f"core/outcomes.{claim}").failures == 0


def test_a_capture_that_nothing_became_of_is_found(filled: Filled) -> None:
    con = filled(march(1), {"raw/captures": [row("raw/captures", capture_id="lost", source="inbox/lost.txt")]})
    outcome = check(con, "core/outcomes.each_capture_has_one")
    assert (outcome.failures, outcome.example["source"]) == (1, "inbox/lost.txt")


def test_a_capture_that_is_two_things_is_found(filled: Filled) -> None:
    both = reject("capture-march-1") | {"raw/captures": []}
    con = filled(march(1), both)
    assert check(con, "core/outcomes.counts_add_up").failures == 1


def test_a_shard_that_is_not_cleaned_yet_waits_and_is_not_lost(filled: Filled) -> None:
    con = filled(march(1))
    con.execute("""update meta.shards set shard = 'b' where "table" = 'raw/captures'""")
    con.execute("delete from core.articles; delete from clean.articles")
    (model,) = (m for m in models.load(SQL).models if m.key == "core/outcomes")
    con.execute(f"create or replace table core.outcomes as {model.query}")
    assert con.execute("select outcome from core.outcomes").fetchall() == [("waiting",)]
    assert check(con, "core/outcomes.each_capture_has_one").failures == 0
    assert check(con, "core/outcomes.nothing_waits").failures == 1


def test_an_english_article_without_facts_is_found(filled: Filled) -> None:
    untouched = article("plain", "Nobody came.") | {"facts/sentences": []}
    german = article("german", "Niemand kam.", language="de") | {"facts/sentences": []}
    failed = article("failed", "Nobody went.") | {
        "facts/sentences": [],
        "facts/failures": [row("facts/failures", version_id="failed", error="too long")],
    }
    con = filled(march(1), untouched, german, failed)
    outcome = check(con, "core/articles.facts_extracted")
    assert (outcome.failures, outcome.example["version_id"]) == (1, "plain")


@pytest.mark.parametrize("change", ["is_latest = false", "version = 3", "is_latest = true, version = version"])
def test_a_wrong_numbering_of_versions_is_found(filled: Filled, change: str) -> None:
    con = filled(march(1), corrected(LAST))
    assert check(con, "core/articles.one_newest").failures == 0
    con.execute(f"update core.articles set {change} where is_latest or {'true' in change}")  # noqa: S608
    assert check(con, "core/articles.one_newest").failures == 1


def test_one_version_with_two_texts_is_found(filled: Filled) -> None:
    con = filled(march(1), captured_again(march(1), "again", LATER))
    assert check(con, "core/articles.same_text").failures == 0
    con.execute("update clean.articles set title = 'Another' where capture_id = 'again'")
    assert check(con, "core/articles.same_text").failures == 1
