"""What led to a document is evidence beside the document's own, and fills only what it leaves open."""

from datetime import UTC, datetime
from typing import Any

import pytest

from pipelines.clean.document import Document, clean
from pipelines.schemas import Cleaned

BODY = "".join(
    f"<p>The ferry between Ostreva and Port Almer carried {n} people on its first day, the harbour office said.</p>"
    for n in (210, 340, 95)
)
ENTRY = {"title": "Ferry runs again", "authors": ["Ann Oster"], "published_at": "2026-03-02T09:30:00+01:00"}
LATEST = datetime(2026, 3, 5, tzinfo=UTC)


def page(head: str = "", above: str = "", url: str | None = None, stated: Any = ENTRY) -> Cleaned:
    source = f"<html><head>{head}</head><body><article>{above}{BODY}</article></body></html>"
    return clean(Document(html=source, url=url, stated=stated, latest=LATEST))


def sources(row: Cleaned) -> list[tuple[str, str]]:
    return [(e["source"], e["verdict"]) for e in row["date_evidence"]]


def test_where_the_page_says_nothing_the_entry_does() -> None:
    row = page()
    assert (row["title"], row["authors"]) == ("Ferry runs again", ["Ann Oster"])
    assert (row["published_at"], row["zone"], sources(row)) == (ENTRY["published_at"], "known", [("feed", "won")])


def test_what_the_page_states_for_machines_comes_first() -> None:
    head = '<meta property="article:published_time" content="2026-03-01T07:00:00Z">'
    row = page(head)
    assert row["published_at"] == "2026-03-01T07:00:00+00:00"
    assert sources(row) == [("meta", "won"), ("feed", "lesser_source")]


def test_the_day_of_an_address_comes_after_it() -> None:
    row = page(url="https://www.sarncourier.example/2026/03/01/ferry")
    assert sources(row) == [("feed", "won"), ("url", "lesser_source")]


def test_a_bare_day_gives_way_to_the_entrys_time_on_it() -> None:
    row = page('<meta name="date" content="2026-03-02">')
    assert (row["published_at"], sources(row)) == (ENTRY["published_at"], [("feed", "won"), ("meta", "day_only")])


def test_title_and_authors_of_the_page_stay() -> None:
    row = page(above="<h1>Boats are back in Ostreva</h1><p>By Tom Reyes</p>")
    assert (row["title"], row["authors"]) == ("Boats are back in Ostreva", ["Tom Reyes"])


def test_an_entry_of_the_future_is_no_evidence_that_wins() -> None:
    row = page(stated={"published_at": "2027-01-01T00:00:00Z"})
    assert (row["published_at"], sources(row)) == (None, [("feed", "later_than_capture")])


def test_a_text_is_treated_alike() -> None:
    text = BODY.replace("<p>", "").replace("</p>", "\n\n")
    row = clean(Document(text=text, stated=ENTRY, latest=LATEST))
    assert (row["authors"], sources(row)) == (["Ann Oster"], [("feed", "won")])


@pytest.mark.parametrize(
    "stated",
    [
        {},
        {"title": 7, "authors": "Ann", "published_at": 5},
        {"title": [], "authors": [None, 3], "published_at": "soon"},
    ],
)
def test_an_entry_of_any_shape_does_no_harm(stated: Any) -> None:
    row = page(stated=stated)
    assert (row["title"], row["authors"], row["published_at"]) == (None, [], None)
