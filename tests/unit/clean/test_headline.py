"""Headlines of pages without what stands around them."""

import pytest

from pipelines.clean.document import Document, clean
from tests.unit.clean.samples import PARAGRAPHS

STORY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
VIEW = "The Quay view on bridges: a town on the brink"
TITLE = "Norvale to close its iron bridge"


def title_of(head: str, heading: str) -> str | None:
    return clean(Document(html=f"<html><head>{head}</head><body>{heading}{STORY}</body></html>"))["title"]


def shared(text: str) -> str:
    return f"<meta property='og:site_name' content='The Quay'><meta property='og:title' content='{text}'>"


@pytest.mark.parametrize(
    ("head", "heading", "title"),
    [
        (shared(f"{VIEW} | Editorial"), f"<h1>{VIEW}</h1>", VIEW),
        (shared(f"{TITLE} | The Quay Online"), "", TITLE),
        (shared(f"The Quay - {TITLE}"), "", TITLE),
        (shared(TITLE), f"<h1><span>Exclusive</span>{TITLE}</h1>", TITLE),
        (shared("Norvale to close its…"), f"<h1>{TITLE}</h1>", TITLE),
        (shared(f"Opinion | {TITLE}"), f"<h1>{TITLE}</h1>", TITLE),
        ("", "<h1>Norvale to close<br>its iron <i>br</i>idge</h1>", TITLE),
        ("", "<h1><div>Norvale to close</div>its iron bridge</h1>", TITLE),
        (shared("Norvale &amp;amp; Quay to close their bridges"), "", "Norvale & Quay to close their bridges"),
    ],
)  # fmt: skip
def test_headlines(head: str, heading: str, title: str) -> None:
    assert title_of(head, heading) == title
