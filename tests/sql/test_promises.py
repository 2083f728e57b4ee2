"""mart.promises: which figures are targets, for which day, and whether that day has come."""

from datetime import date, timedelta
from typing import Any

import duckdb
import pytest

from pipelines import models
from pipelines.build import run_check
from tests.sql.conftest import Filled
from tests.world import DAY, SQL, Rows, article, row, span

TEXT = "The ministry plans to build 40 bridges by June 2027. It opened 3 roads in May"
JUNE = (date(2027, 6, 1), date(2027, 6, 30))
FOUND = "select figure, about, speaker, given_on, deadline, due_first, due_last, is_past from mart.promises"


def promised(
    name: str = "bridges",
    *,
    hedge: str = "planned",
    as_of: tuple[date, date] | None = JUNE,
    times: tuple[tuple[str, date, date], ...] = (),
) -> Rows:
    """Forty bridges by June, with the times that its sentences have."""
    key = {"version_id": name}
    made = article(name, TEXT, published_day=DAY, publisher="The Almer Courier")
    first, last = as_of or (None, None)
    return made | {
        "facts/quantities": [
            row("facts/quantities", **key, index=0, sentence=0, **span(TEXT, "40"), value=40.0, about="bridges",
                about_start=31, about_end=38),
            row("facts/quantities", **key, index=1, sentence=1, **span(TEXT, "3"), value=3.0),
        ],
        "facts/claims": [
            row("facts/claims", **key, index=0, quantity=0, sentence=0, speaker="The ministry", source_type="official",
                hedge=hedge, as_of_first=first, as_of_last=last),
            row("facts/claims", **key, index=1, quantity=1, sentence=1, source_type="author", hedge="asserted",
                as_of_first=first, as_of_last=last),
        ],
        "facts/times": [
            row("facts/times", **key, index=i, sentence=0, type="DATE", first_day=begins, last_day=ends,
                **span(TEXT, text))
            for i, (text, begins, ends) in enumerate(times)
        ],
    }  # fmt: skip


def term() -> Rows:
    """Bonds of ten years, planned for June."""
    text = "The bank plans 10-year bonds for June 2027."
    made = promised("term")
    made |= article("term", text)
    figure = {"value": 10.0, "kind": "duration", "unit": "year"}
    made["facts/quantities"] = [
        row("facts/quantities", version_id="term", sentence=0, **span(text, "10-year"), **figure)
    ]
    made["facts/claims"] = made["facts/claims"][:1]
    return made


def later(days: int) -> Rows:
    """Another article, so many days after."""
    return article("later", "Rain fell.", published_day=DAY + timedelta(days=days))


def found(con: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    return con.execute(FOUND).fetchall()


def test_a_target_has_its_deadline_and_who_gave_it(filled: Filled) -> None:
    con = filled(promised(times=(("June 2027", *JUNE),)))
    assert found(con) == [("40", "bridges", "The ministry", DAY, "June 2027", *JUNE, False)]
    (evidence,) = con.execute("select evidence from mart.promises").fetchall()[0]
    assert evidence == "The ministry plans to build «40» bridges by June 2027."


@pytest.mark.parametrize(("days", "past"), [(485, False), (486, True)])
def test_a_deadline_is_past_when_a_newer_article_is(filled: Filled, days: int, past: bool) -> None:  # noqa: FBT001
    con = filled(promised(times=(("June 2027", *JUNE),)), later(days))
    assert [line[-1] for line in found(con)] == [past]


def test_a_deadline_of_another_sentence_has_its_days_alone(filled: Filled) -> None:
    assert [line[4:7] for line in found(filled(promised()))] == [(None, *JUNE)]


def test_the_time_that_the_figure_is_given_for_goes_before_a_nearer_one(filled: Filled) -> None:
    con = filled(promised(times=(("build", date(2026, 5, 1), date(2026, 5, 31)), ("June 2027", *JUNE))))
    assert [line[4:7] for line in found(con)] == [("June 2027", *JUNE)]


def test_what_is_no_target_is_left_out(filled: Filled) -> None:
    con = filled(
        promised("asserted", hedge="asserted"),
        promised("possible", hedge="possible"),
        promised("for today", as_of=(DAY, DAY)),
        promised("for no day", as_of=None),
        promised("beside a later time", as_of=(DAY, DAY), times=(("June 2027", *JUNE),)),
        promised("the figure is the time", times=(("40 bridges", *JUNE),)),
        term(),
        promised("due", times=(("June 2027", *JUNE),)),
    )
    assert con.execute("select version_id from mart.promises").fetchall() == [("due",)]


def test_the_check_finds_a_deadline_before_the_promise(filled: Filled) -> None:
    (check,) = (c for c in models.load(SQL).checks if c.claim == "due_later" and c.table == "mart/promises")
    con = filled(promised())
    assert run_check(con, check).failures == 0
    con.execute("update mart.promises set due_last = given_on")
    assert run_check(con, check).failures == 1
