"""One document in, the article and its metadata out."""

from contextlib import suppress
from datetime import UTC, datetime
from typing import get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.clean.document import Document, clean
from pipelines.clean.rejected import Rejected
from pipelines.schemas import Cleaned
from tests.unit.clean.samples import BODY, JSONLD, PARAGRAPHS, WIRE, page

WITH_JSONLD = page(head=f"<script type='application/ld+json'>{JSONLD}</script>")


def valid(row: Cleaned) -> bool:
    """Whether a row is one that the rest of the pipeline can rely on."""
    text = row["text"]
    paragraphs = text.split("\n\n")
    return (
        set(row) == set(get_type_hints(Cleaned))
        and all(p == p.strip() and p and "\n" not in p for p in paragraphs)
        and text == text.encode().decode()
        and "\x00" not in text
        and all(row["authors"])
        and (row["published_at"] is None or bool(datetime.fromisoformat(row["published_at"])))
    )


def test_wire_copy_is_clean_to_the_character() -> None:
    row = clean(Document(text=WIRE))
    assert row["text"] == BODY
    assert row["title"] == "Norvale to Close Iron Bridge for More Than a Year"
    assert row["authors"] == ["Ada Lindqvist", "Tom Reyes", "Benoît Faure"]
    assert (row["publisher"], row["wire"], row["dateline"]) == (
        "The Wall Street Journal", "Dow Jones Newswires", "NORVALE",
    )  # fmt: skip
    assert (row["published_at"], row["zone"]) == ("2025-03-01T09:30:00-05:00", "known")
    first = row["date_evidence"][0]
    assert (first["source"], first["value"], first["zone"], first["surface"], first["verdict"]) == (
        "wire", "2025-03-01T09:30:00-05:00", "known", "March 01, 2025 09:30 ET", "won",
    )  # fmt: skip
    assert row["language"] == "en"


def test_a_page_with_json_ld() -> None:
    row = clean(Document(html=WITH_JSONLD, url="https://www.sarncourier.example/bridge?utm_source=feed"))
    assert row["text"] == BODY
    assert row["title"] == "Norvale to close its iron bridge"
    assert row["authors"] == ["Ada Lindqvist", "Tom Reyes"]
    assert row["publisher"] == "Sarn Courier"
    assert row["section"] == "Cities & Towns"
    assert row["url"] == "https://www.sarncourier.example/bridge"
    assert row["published_at"] == "2025-03-01T09:30:00-05:00"
    assert row["modified_at"] == "2025-03-01T11:00:00-05:00"


def test_a_page_without_metadata_invents_none() -> None:
    row = clean(Document(html="<html><body>" + "".join(f"<p>{p}</p>" for p in PARAGRAPHS) + "</body></html>"))
    assert row["text"] == BODY
    assert (row["published_at"], row["authors"], row["publisher"], row["date_evidence"]) == (None, [], None, [])


def test_html_given_as_text_is_html_and_the_other_way_round() -> None:
    assert clean(Document(text=WITH_JSONLD)) == clean(Document(html=WITH_JSONLD))
    assert clean(Document(html=WIRE)) == clean(Document(text=WIRE))


def test_what_the_source_states_wins() -> None:
    given_ = {"published_at": "2025-03-02", "title": "Bridge", "authors": "Nia Okoro", "language": "en"}
    row = clean(Document(html=WITH_JSONLD, given=given_))
    assert (row["published_at"], row["title"], row["authors"]) == ("2025-03-02", "Bridge", ["Nia Okoro"])
    assert [(e["source"], e["verdict"]) for e in row["date_evidence"]] == [
        ("given", "won"),
        ("jsonld", "lesser_source"),
    ]


def test_nothing_is_published_after_its_capture() -> None:
    row = clean(Document(html=WITH_JSONLD, latest=datetime(2025, 2, 1, tzinfo=UTC)))
    assert row["published_at"] is None
    assert row["modified_at"] is None
    assert [(e["value"], e["verdict"]) for e in row["date_evidence"]] == [
        ("2025-03-01T09:30:00-05:00", "later_than_capture")
    ]


def test_repeated_paragraphs_stay() -> None:
    again = (*PARAGRAPHS[:3], PARAGRAPHS[2], *PARAGRAPHS[3:])
    assert clean(Document(html=page(*again)))["text"] == "\n\n".join(again)


def test_a_list_inside_the_story_stays() -> None:
    items = (
        "The footpath on the upstream side stays open until the end of April.",
        "Buses of line 6 turn at the fish market and do not cross.",
        "Lorries of more than 12 tonnes take the tunnel at Aldgard.",
    )
    story = [*PARAGRAPHS[:3], "The council named three rules for the time of the repairs:", *items, *PARAGRAPHS[3:]]
    listed = "".join(f"<li>{item}</li>" for item in items)
    markup = page(*story).replace("".join(f"<p>{item}</p>" for item in items), f"<ul>{listed}</ul>")
    assert "<ul><li>" in markup
    assert clean(Document(html=markup))["text"] == "\n\n".join(story)
    assert clean(Document(text="\n\n".join(story)))["text"] == "\n\n".join(story)


@pytest.mark.parametrize("depth", [300, 1000, 1900])
def test_deep_pages_are_read_whole(depth: int) -> None:
    deep = "<div>" * depth + "".join(f"<p>{p}</p>" for p in PARAGRAPHS) + "</div>" * depth
    assert clean(Document(html=f"<html><body>{deep}</body></html>"))["text"] == BODY


@pytest.mark.parametrize("depth", [3000, 100_000])
def test_deeper_pages_are_refused_rather_than_cut(depth: int) -> None:
    deep = "<div>" * depth + "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    with pytest.raises(Rejected) as caught:
        clean(Document(html=f"<html><body>{deep}</body></html>"))
    assert caught.value.reason == "too_deep"


@pytest.mark.parametrize("depth", [2100])
@pytest.mark.parametrize("tag", ["b", "span", "ul"])
def test_any_tag_nested_too_deep_is_refused(tag: str, depth: int) -> None:
    with pytest.raises(Rejected) as caught:
        clean(Document(html=page(before=f"<{tag}>" * depth)))
    assert caught.value.reason == "too_deep"


WHOLE = page()


@pytest.mark.parametrize(
    "end", [WHOLE.index("Shopkeepers") + 40, WHOLE.index("<p>Shopkeepers"), WHOLE.index("</article>")]
)
def test_a_page_that_breaks_off_in_its_story_is_flagged(end: int) -> None:
    assert clean(Document(html=WHOLE[:end]))["flags"] == ["truncated"]


@pytest.mark.parametrize("end", [len(WHOLE), len(WHOLE) - len("</html>"), WHOLE.index("</footer>")])
def test_a_page_whose_story_has_ended_is_not(end: int) -> None:
    row = clean(Document(html=WHOLE[:end]))
    assert (row["text"], row["flags"]) == (BODY, [])


def test_a_fragment_of_markup_is_no_page_that_breaks_off() -> None:
    fragment = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    assert clean(Document(html=f"<div>{fragment}"))["flags"] == []


def test_repeated_paragraphs_of_a_text_stay() -> None:
    again = (*PARAGRAPHS[:3], PARAGRAPHS[1], *PARAGRAPHS[3:], PARAGRAPHS[1])
    assert clean(Document(text="\n\n".join(again)))["text"] == "\n\n".join(again)


def test_every_blank_becomes_a_space_and_controls_go() -> None:
    blanks = "\t\xa0\u1680\u2003\u200a\u202f\u205f\u3000"
    dirty = BODY.replace("old iron bridge", f"old{blanks}iron \x07 bri\u2066d\u200bge\x9f")
    assert clean(Document(text=dirty))["text"] == BODY


def test_a_large_script_before_the_article() -> None:
    script = "<script>" + "var a = 1;" * 2_500_000 + "</script>"
    assert clean(Document(html=page(before=script)))["text"] == BODY


def test_invisible_characters_go() -> None:
    dirty = BODY.replace("bridge", "bri\u200bdge\u202e").replace("Sarn", "Sa\x00rn\ufeff")
    assert clean(Document(html=page(*dirty.split("\n\n"))))["text"] == BODY


def test_lone_surrogates_are_replaced() -> None:
    row = clean(Document(text=WIRE.replace("Engineers", "Engin\ud800eers")))
    assert "Engin\ufffdeers" in row["text"]
    assert valid(row)


@pytest.mark.parametrize(
    "text", ["", " \n\t ", "\u200b\u200b", "<html></html>", "<html><body><p></p></body></html>", "---"]
)
def test_nothing_is_rejected_with_a_reason(text: str) -> None:
    with pytest.raises(Rejected) as caught:
        clean(Document(text=text))
    assert caught.value.reason in ("empty", "no_article")
    assert caught.value.detail


def test_hard_wrapped_copy_gets_its_paragraphs_back() -> None:
    import textwrap

    wrapped = "\n\n".join(textwrap.fill(p, 72) for p in PARAGRAPHS)
    row = clean(Document(text=f"By Ada Lindqvist\n\n{wrapped}\n\n-0-\n"))
    assert row["text"] == BODY


def test_a_paywalled_stub_is_flagged() -> None:
    jsonld = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>'
    row = clean(Document(html=page(*PARAGRAPHS[:2], head=jsonld)))
    assert {"paywalled", "truncated"} <= set(row["flags"])


def test_a_live_blog_is_flagged() -> None:
    jsonld = '<script type="application/ld+json">{"@type": "LiveBlogPosting"}</script>'
    assert clean(Document(html=page(head=jsonld)))["flags"] == ["live_blog"]


@pytest.mark.parametrize("after", ["", "<!doctype html>"])
def test_many_comments_before_a_page_are_read_once(after: str) -> None:
    """A pattern that tried every way of taking the comments together would not end."""
    row = clean(Document(text="<!-- cached -->\n" * 200 + after + page()))
    assert row["text"] == BODY
    with pytest.raises(Rejected):
        clean(Document(text="<!-- -->" * 200 + after))


def test_either_html_or_text() -> None:
    with pytest.raises(ValueError, match="either"):
        Document()
    with pytest.raises(ValueError, match="either"):
        Document(html="<p>", text="x")


PIECES = [
    "<p>", "</p>", "<div class='x'>", "<table><tr><td>", "<br>", "<a href=x>", "</a>", "<html>", "<!--", "&#0;",
    "&#xD800;",
    "<script>", "</script>", "<meta charset=x>", "<time datetime='2024-99-99'>", "By ", "\n\n", "NORVALE -- ", "(END)",
    """<script type=application/ld+json>{"@type":"Article","author":[{}],"headline":[1]}</script>""",
]  # fmt: skip
MARKUP = st.lists(st.sampled_from(PIECES) | st.text(max_size=30), max_size=30).map("".join)


@settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow])
@given(MARKUP, st.none() | st.text(max_size=40), st.booleans())
def test_any_document_gives_a_valid_row_or_a_reason(source: str, url: str | None, as_html: bool) -> None:  # noqa: FBT001
    document = Document(html=source, url=url) if as_html else Document(text=source, url=url)
    with suppress(Rejected):
        assert valid(clean(document))
