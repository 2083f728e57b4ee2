"""What stands at the edges of a story."""

from hypothesis import given
from hypothesis import strategies as st

from pipelines.clean import edges, lines
from pipelines.clean.document import Document, clean
from tests.unit.clean.samples import BODY, PARAGRAPHS


def kept(*texts: str) -> list[str]:
    found = lines.of_text("\n\n".join(texts))
    marks = edges.trimmed(found, [True] * len(found))
    return [line.text for line, keep in zip(found, marks, strict=True) if keep]


def test_bylines_and_stamps_above_and_offers_and_copyright_below_go() -> None:
    above = ("By Ada E. Lindqvist, transport editor", "Published: 3 March 2025 at 09.15 GMT", "Monday 3 March 2025")
    below = ("Continue reading this article", "This was your last free article.", "© Sarn Courier 2025. Share")
    assert kept(*above, *PARAGRAPHS, *below) == list(PARAGRAPHS)
    assert kept(*above, *PARAGRAPHS[1:], *below) == list(PARAGRAPHS[1:])


def test_pointers_to_other_stories_below_go() -> None:
    assert kept(*PARAGRAPHS, "Read more: Ferry fares rise again", "Read more »") == list(PARAGRAPHS)


def test_sentences_that_begin_alike_stay() -> None:
    texts = ("By Tuesday the bridge was shut. Nobody had been told.", *PARAGRAPHS[1:], "Published accounts differ.")
    assert kept(*texts) == list(texts)
    texts = (*PARAGRAPHS, "Read more than one of his letters, she said, and you will know why the bridge was shut.")
    assert kept(*texts) == list(texts)


def test_short_letters_of_readers_below_their_heading_go_and_long_paragraphs_stay() -> None:
    assert kept(*PARAGRAPHS, "Your views", "Quay Ned: About time.", "Bess: Shame!") == list(PARAGRAPHS)
    assert kept(*PARAGRAPHS[:3], "Comments", *PARAGRAPHS[3:])[-1] == PARAGRAPHS[-1]


def test_a_marked_standfirst_goes_where_the_byline_parts_it_from_the_story() -> None:
    deck = "<p class='standfirst'>Traders in the harbour quarter fear for their trade while the cracks are mended.</p>"
    story = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    article = f"<article><h1>Norvale shuts bridge</h1>{deck}<div>By Ada Lindqvist</div>{story}</article>"
    found = clean(Document(html=f"<html><body>{article}</body></html>"))
    assert found["text"] == BODY
    assert (found["subtitle"] or "").startswith("Traders in the harbour")


@given(st.lists(st.text(max_size=80), max_size=12))
def test_something_is_always_left(texts: list[str]) -> None:
    found = lines.of_text("\n".join(texts))
    marks = edges.trimmed(found, [True] * len(found))
    assert len(marks) == len(found)
    assert any(marks) or not found
