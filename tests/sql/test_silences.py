"""mart.silences, and that a silence counts as no quote."""

from datetime import date
from typing import Any

from pipelines import models
from pipelines.build import run_check
from tests.sql.conftest import Filled
from tests.sql.test_core import LAST, corrected
from tests.world import SQL, Rows, article, march, row, span

TEXT = "Ada Lind said the mill was shut. The mill's owner declined to comment on the sale."


def part(name: str, surface: str) -> dict[str, Any]:
    """A column with its offsets."""
    found = span(TEXT, surface)
    return {name: surface, f"{name}_start": found["start"], f"{name}_end": found["end"]}


def silent() -> Rows:
    """An article of a quote and of a silence, which extraction gives as an attribution too."""
    key = {"version_id": "mill"}
    who = {
        **part("cue", "declined"), **part("speaker", "The mill's owner"), "source_kind": "anonymous",
        "source_type": "anonymous",
    }  # fmt: skip
    day = date(2026, 3, 1)
    ada = {
        **part("cue", "said"), **part("speaker", "Ada Lind"), "speaker_name": "Ada Lind", "source_type": "named",
        "source_kind": "named_person", "said_first": day, "said_last": day,
    }  # fmt: skip
    return article("mill", TEXT, publisher="The Almer Courier") | {
        "facts/quotes": [
            row("facts/quotes", **key, index=0, sentence=0, **span(TEXT, "the mill was shut"), **ada, kind="indirect"),
            row("facts/quotes", **key, index=1, sentence=1, **span(TEXT, "to comment on the sale"), **who,
                kind="indirect"),
        ],
        "facts/silences": [
            row("facts/silences", **key, index=0, sentence=1, **span(TEXT, "declined to comment on the sale"), **who,
                **part("topic", "the sale"), kind="declined_to_comment"),
        ],
    }  # fmt: skip


def test_who_was_silent_on_what(filled: Filled) -> None:
    con = filled(silent())
    columns = "speaker, speaker_id, kind, topic, source_kind, evidence"
    assert con.execute(f"select {columns} from mart.silences").fetchall() == [  # noqa: S608
        ("The mill's owner", None, "declined_to_comment", "the sale", "anonymous",
         "The mill's owner declined to comment on the sale.")
    ]  # fmt: skip
    (question,) = (q for q in models.load(SQL).cookbook if q.name == "who_would_not_comment")
    assert len(con.execute(question.query).fetchall()) == 1


def test_a_silence_is_no_quote_of_any_mart(filled: Filled) -> None:
    con = filled(silent())
    assert con.execute("select text, source_kind, said_first from mart.quotes").fetchall() == [
        ("the mill was shut", "named_person", date(2026, 3, 1))
    ]
    assert con.execute("select quotes from mart.publishers").fetchall() == [(1,)]
    assert con.execute("select speaker, quotes from mart.speakers").fetchall() == [("Ada Lind", 1)]
    counts = "quotes, quotes_named_person, quotes_anonymous, silences"
    assert con.execute(f"select {counts} from mart.sources").fetchall() == [(1, 1, 0, 1)]  # noqa: S608


def test_silences_of_the_newest_version_alone(filled: Filled) -> None:
    con = filled(silent(), march(1), corrected(LAST))
    assert con.execute("select version_id from mart.silences").fetchall() == [("mill",)]


def test_what_was_said_after_it_was_printed_fails_its_check(filled: Filled) -> None:
    late = silent()
    late["clean/articles"][0]["published_at"] = "2026-03-02"
    con = filled(late)
    (check,) = (c for c in models.load(SQL).checks if c.claim == "said_before_print")
    assert run_check(con, check).failures == 0
    con.execute(
        "update facts.quotes set said_first = date '2026-03-09', said_last = date '2026-03-09' where \"index\" = 0"
    )
    assert run_check(con, check).failures == 1
