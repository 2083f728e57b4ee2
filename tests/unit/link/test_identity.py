"""Which captures are one article, by their addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.clean.document import Document, clean
from pipelines.link.address import address_key
from pipelines.link.identity import article_id, version_id

STORY = "https://www.almercourier.example/2026/03/02/harbour-of-ostreva-reopens"
TEXT = (
    "The harbour of Ostreva reopened on Monday after twelve days of storm.\n\n"
    "The harbour master said that forty ships were waiting outside for their turn, and that it would take the week."
)


@pytest.mark.parametrize(
    "other",
    [
        STORY.replace("https", "http"),
        STORY.replace("www.", ""),
        STORY.replace("www.", "m."),
        STORY.replace("www.", "amp."),
        STORY.replace("www.", "WWW."),
        STORY + "/",
        STORY + "#comments",
        STORY + "?ref=home",
        STORY + "?utm_source=mail&cmp=x",
        STORY + "/amp/",
        STORY + "/amp",
        STORY + "?amp=1",
        STORY + "?outputType=amp",
        STORY + ".amp",
        STORY + "?page=1",
        STORY.replace(".example/", ".example/amp/"),
        STORY.replace(".example/", ".example:443/"),
        "https://almercourier-example.cdn.ampproject.org/c/s/almercourier.example/2026/03/02/harbour-of-ostreva-reopens",
        "https://www.google.com/amp/s/www.almercourier.example/2026/03/02/harbour-of-ostreva-reopens",
    ],
)
def test_an_edited_recapture_from_a_variant_of_the_address_is_a_new_version(other: str) -> None:
    first = clean(Document(text=TEXT, url=STORY))
    again = clean(Document(text=TEXT.replace("forty", "fifty"), url=other))
    assert article_id(first) == article_id(again)
    assert version_id(first) != version_id(again)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (STORY, STORY.replace("reopens", "closes")),
        (STORY, STORY.replace("almercourier", "inlandtribune")),
        (STORY, STORY + "?page=2"),
        ("https://almercourier.example/story?id=4", "https://almercourier.example/story?id=5"),
        ("https://almercourier.example/?p=41", "https://almercourier.example/?p=42"),
        ("https://almercourier.example/", "https://almercourier.example/amp"),
        ("https://north.almer.example/ferry", "https://south.almer.example/ferry"),
        ("https://m.example/ferry", "https://example/ferry"),
    ],
)
def test_addresses_of_different_articles_stay_apart(one: str, other: str) -> None:
    assert address_key(one) != address_key(other)


@given(
    st.from_regex(
        r"https?://(www\.)?[a-z]{3,8}\.example(/[a-z0-9-]{1,20}){0,4}/?(\?[a-z]{1,4}=[a-z0-9]{1,4})?", fullmatch=True
    )
)
def test_the_key_is_an_address_that_has_itself_as_its_key(url: str) -> None:
    assert address_key(f"https://{address_key(url)}") == address_key(url)
