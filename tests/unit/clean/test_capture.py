"""Bytes of a capture as the document to clean."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from pipelines.clean.capture import document
from pipelines.clean.rejected import Rejected
from pipelines.schemas import Capture


def capture(content: bytes, **given: Any) -> Capture:
    made: Capture = {
        "capture_id": "a",
        "sha256": "a",
        "content": content,
        "media_type": "text/plain",
        "source": "a",
        "url": None,
        "captured_at": datetime(2026, 3, 2, 12, tzinfo=UTC),
        "content_type": None,
        "stated": None,
        "problem": None,
        "detail": None,
    }
    made.update(given)  # type: ignore[typeddict-item]
    return made


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
    assert "testo, text, body" in refused.value.detail
    assert "DATELINE_FIELDS" in refused.value.detail
