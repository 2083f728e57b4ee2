"""Bytes of a capture as the document to clean."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.clean.capture import cleaned, document, record_document
from pipelines.clean.document import Document
from pipelines.clean.fields import FIELDS
from pipelines.clean.rejected import Rejected
from tests.unit.clean.captures import capture


def test_the_servers_charset_is_believed_where_the_bytes_bear_it_out() -> None:
    text = "Dvě stě lidí přišlo na náměstí v Olšavě."
    made, encoding = document(capture(text.encode("iso8859-2"), content_type='text/plain; charset="ISO-8859-2"'), {})
    assert (made.text, encoding) == (text, "iso8859-2")
    made, encoding = document(capture(text.encode(), content_type="text/plain; charset=iso-8859-2"), {})
    assert (made.text, encoding) == (text, "utf-8")


def test_names_of_an_export_come_from_the_settings_first() -> None:
    record = {"artikel": "Ninety people came.", "text": "teaser", "datum": "2026-03-02"}
    made, _ = document(
        capture(json.dumps(record).encode(), media_type="application/json"),
        {"text": "artikel", "published_at": "datum"},
    )
    assert (made.text, made.given) == ("Ninety people came.", {"published_at": "2026-03-02"})


def test_a_record_without_text_says_which_names_were_looked_for() -> None:
    with pytest.raises(Rejected) as refused:
        document(capture(b'{"corpo": "Ninety people came."}', media_type="application/json"), {"text": "testo"})
    assert refused.value.reason == "no_text"
    assert "testo, maintext, text, body" in refused.value.detail
    assert "DATELINE_FIELDS" in refused.value.detail


NEWS_PLEASE = {
    "authors": ["Nia Okoro", "Tam Reyes"],
    "date_download": "2026-03-02 10:00:00",
    "date_modify": "2026-03-02 09:45:00",
    "date_publish": "2026-03-02 09:30:00",
    "description": "Ferries sail again after 12 days.",
    "filename": "post.example%2F1.json",
    "image_url": "https://post.example/1.jpg",
    "language": "en",
    "localpath": None,
    "maintext": "Ninety people came.",
    "source_domain": "post.example",
    "text": "Ninety people came. Share",
    "title": "Ferries sail again",
    "title_page": None,
    "title_rss": None,
    "url": "https://post.example/1",
}
FUNDUS = {
    "title": "Ferries sail again",
    "authors": ["Nia Okoro", "Tam Reyes"],
    "publishing_date": "2026-03-02 09:30:00",
    "body": {
        "summary": ["Ninety people came."],
        "sections": [
            {"headline": [], "paragraphs": ["The harbour reopened.", "Ferries sail."]},
            {"headline": ["What comes next"], "paragraphs": ["The pier is mended."]},
        ],
    },
    "topics": ["Ostreva"],
    "lang": "en",
    "source": {"name": "post.example"},
}
NEWS_API = {
    "source": {"id": None, "name": "post.example"},
    "author": "Nia Okoro",
    "title": "Ferries sail again",
    "description": "Ferries sail again after 12 days.",
    "url": "https://post.example/1",
    "publishedAt": "2026-03-02T09:30:00Z",
    "content": "Ninety people came.",
}


def read(record: dict[str, Any], mapping: dict[str, str] | None = None) -> Document:
    return document(capture(json.dumps(record).encode(), media_type="application/json"), mapping or {})[0]


def test_an_article_of_news_please_is_read_by_its_names() -> None:
    made = read(NEWS_PLEASE)
    assert (made.text, made.url) == ("Ninety people came.", "https://post.example/1")
    assert made.given == {
        "title": "Ferries sail again",
        "published_at": "2026-03-02T09:30:00",
        "modified_at": "2026-03-02T09:45:00",
        "authors": ["Nia Okoro", "Tam Reyes"],
        "publisher": "post.example",
        "language": "en",
    }
    assert read(NEWS_PLEASE | {"date_modify": "None", "date_publish": "None"}).given.keys() == {
        "title", "authors", "publisher", "language",
    }  # fmt: skip


def test_an_article_of_fundus_is_read_by_its_names() -> None:
    made = read(FUNDUS)
    assert made.text == (
        "Ninety people came.\n\nThe harbour reopened.\n\nFerries sail.\n\nWhat comes next\n\nThe pier is mended."
    )
    assert made.given == {
        "title": "Ferries sail again",
        "published_at": "2026-03-02T09:30:00",
        "authors": ["Nia Okoro", "Tam Reyes"],
        "publisher": "post.example",
        "language": "en",
    }
    page = read(FUNDUS | {"html": {"content": "<p>Ninety people came.</p>", "requested_url": "https://post.example/1"}})
    assert (page.html, page.text, page.url) == ("<p>Ninety people came.</p>", None, "https://post.example/1")


def test_an_article_of_news_api_is_read_by_its_names() -> None:
    made = read(NEWS_API)
    assert (made.text, made.url) == ("Ninety people came.", "https://post.example/1")
    assert made.given == {
        "title": "Ferries sail again",
        "published_at": "2026-03-02T09:30:00+00:00",
        "authors": ["Nia Okoro"],
        "publisher": "post.example",
    }


def test_an_article_of_trafilatura_is_read_by_its_names() -> None:
    record = {
        "title": "Ferries sail again",
        "author": "Nia Okoro; Tam Reyes",
        "hostname": "post.example",
        "date": "2026-03-02",
        "text": "Ninety people came.",
        "language": None,
        "source": "https://post.example/1",
        "source-hostname": "The Ostreva Post",
        "excerpt": "Ferries sail again after 12 days.",
    }
    made = read(record)
    assert (made.text, made.url) == ("Ninety people came.", "https://post.example/1")
    assert made.given == {
        "title": "Ferries sail again",
        "published_at": "2026-03-02",
        "authors": ["Nia Okoro; Tam Reyes"],
        "publisher": "The Ostreva Post",
    }
    assert read(record | {"source-hostname": None}).given["publisher"] == "post.example"


def test_names_are_told_whatever_their_spelling_and_points_lead_into_objects() -> None:
    made = read({"Article Body": "Ninety people came.", "Publish-Date": "2026-03-02", "TITLE": "Ferries sail"})
    assert (made.text, made.given) == ("Ninety people came.", {"title": "Ferries sail", "published_at": "2026-03-02"})
    nested = {"inhalt": {"Voll Text": "Ninety people came."}, "von": {"blatt": {"name": "The Ostreva Post"}}}
    made = read(nested, {"text": "inhalt.voll_text", "publisher": "von.blatt"})
    assert (made.text, made.given) == ("Ninety people came.", {"publisher": "The Ostreva Post"})


def test_a_field_that_holds_nothing_gives_way_to_the_next() -> None:
    made = read(
        {"text": None, "body": [], "content": {"x": 1}, "plain_text": "Ninety people came.", "language": "Welsh"}
    )
    assert (made.text, made.given) == ("Ninety people came.", {})
    assert read({"text": "Ninety people came.", "lang": "en-GB"}).given == {"language": "en"}


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(st.sampled_from([*FIELDS["text"], "name", "date", "authors", "source", "html"]), inner)
        ),
    )
)
def test_any_object_is_a_document_or_a_reject(record: Any) -> None:
    made = None
    with suppress(Rejected):
        made = record_document(record if isinstance(record, dict) else {"text": record}, capture(b""), {})
    assert made is None or made.html or made.text


def test_what_an_archive_did_not_keep_whole_is_flagged() -> None:
    page = (
        b"<html><body><article><p>"
        + b"Ferries sail again to the islands, the port said on Monday. " * 9
        + b"</p></article></body></html>"
    )
    made, _ = cleaned(capture(page, media_type="text/html", stated='{"flags": ["truncated"]}'), {})
    assert made["flags"] == ["truncated"]
    assert cleaned(capture(page, media_type="text/html"), {})[0]["flags"] == []


MAIL = b"From: Post <post@post.example>\nDate: Sun, 1 Mar 2026 09:00:00 +0100\n\nTwelve ferries sailed again.\n"


@pytest.mark.parametrize(
    ("content", "kind"),
    [(b"Twelve ferries sailed.", "text/plain"), (MAIL, "message/rfc822"), (b'{"text": "x"}', "application/json")],
)
def test_what_led_to_a_document_is_evidence_whatever_its_format(content: bytes, kind: str) -> None:
    stated = {"title": "Ferries sail again", "published_at": "2026-03-01T08:00:00+01:00"}
    made, _ = document(capture(content, media_type=kind, stated=json.dumps(stated)), {})
    assert made.stated == stated
