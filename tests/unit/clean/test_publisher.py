"""Publishers by the places where their names stand."""

import pytest

from pipelines.clean import publisher
from pipelines.clean.document import Document, clean
from tests.unit.clean.samples import BODY, PARAGRAPHS

STORY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def published_by(head: str, before: str = "", after: str = "", url: str | None = None) -> str | None:
    page = f"<html><head>{head}</head><body>{before}<h1>Norvale shuts bridge</h1>{STORY}{after}</body></html>"
    return clean(Document(html=page, url=url))["publisher"]


def test_microdata_names_the_publisher() -> None:
    span = "<span itemprop='publisher' itemscope><meta itemprop='name' content='Sarn Courier'></span>"
    assert published_by("", span) == "Sarn Courier"


def test_the_end_of_the_title_is_borne_out_by_the_masthead_copyright_or_address() -> None:
    title = "<title>Norvale shuts bridge - Sarn Courier</title>"
    assert published_by(title, "<a href='/'>Sarn Courier</a>") == "Sarn Courier"
    assert published_by(title, after="<footer>© 2025 Sarn Courier. All rights reserved.</footer>") == "Sarn Courier"
    assert published_by(title, url="https://www.sarncourier.example/a") == "Sarn Courier"
    assert published_by(title) is None


def test_a_company_bears_out_its_paper() -> None:
    title = "<title>Norvale shuts bridge - Sarn Courier</title>"
    assert published_by(title, after="<footer>© 2025 Sarn Courier Company</footer>") == "Sarn Courier"


@pytest.mark.parametrize("stated", ["Associated Press", "Blogger", "サーンの新聞"])
def test_the_paper_that_the_address_names_goes_before_agency_software_and_other_scripts(stated: str) -> None:
    head = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "publisher": {"name": "' + stated + '"}}</script>'
        "<meta property='og:site_name' content='Sarn Courier | All of Norvale'>"
    )
    assert published_by(head, url="https://www.sarncourier.example/a") == "Sarn Courier"
    assert published_by(head, url="https://www.quay.example/a") == stated


def test_the_sign_of_an_account_is_no_part_of_a_name() -> None:
    assert published_by("<meta property='og:site_name' content='@sarncourier'>") == "sarncourier"


def test_a_pasted_line_named_as_the_address_is() -> None:
    source = f"Home\nSarn Press\nSport\nNorvale shuts bridge for a year\n\n{BODY}"
    assert clean(Document(text=source, url="https://www.sarnpress.example/a"))["publisher"] == "Sarn Press"
    assert clean(Document(text=source, url="https://www.quay.example/a"))["publisher"] is None


def test_a_section_at_the_end_of_the_title_is_no_publisher() -> None:
    assert published_by("<title>Norvale shuts bridge | Transport</title>", "<a href='/t'>Transport</a>") is None


def test_a_masthead_with_its_copyright_is_one() -> None:
    logo = "<img src='/masthead.gif' alt='Sarn &amp; Quay Courier'>"
    assert (
        published_by("", f"<a href='/'>{logo}</a>", "<p>Copyright Sarn &amp; Quay Courier.</p>")
        == "Sarn & Quay Courier"
    )


def test_a_page_without_a_heading_of_its_own_is_not_called_by_its_site() -> None:
    page = (
        "<html><head><title>Sarn Courier</title></head><body><a href='/'>Sarn Courier</a>"
        f"<h2>Norvale shuts bridge for fourteen months</h2>{STORY}<p>Copyright Sarn Courier.</p></body></html>"
    )
    found = clean(Document(html=page))
    assert (found["title"], found["publisher"]) == ("Norvale shuts bridge for fourteen months", "Sarn Courier")
    assert "Copyright" not in found["text"]


@pytest.mark.parametrize(
    ("source", "name"),
    [
        (f"Sarn Weekly\nNorvale shuts bridge for a year\n\n{BODY}\n\n© Sarn Weekly 2025. Share", "Sarn Weekly"),
        (f"The Sarn Herald\nNorvale shuts bridge for a year\n\n{BODY}", "The Sarn Herald"),
        (f"Norvale shuts bridge for a year | Sarn Herald\n\n{BODY}", "Sarn Herald"),
        (f"Local transport\nNorvale shuts bridge for a year\n\n{BODY}", None),
        (f"Norvale shuts bridge for a year | Transport\n\n{BODY}", None),
    ],
)
def test_pasted_texts(source: str, name: str | None) -> None:
    assert clean(Document(text=source))["publisher"] == name


@pytest.mark.parametrize(
    ("line", "holder"),
    [
        ("© 2025 Sarn Courier. All rights reserved.", "Sarn Courier"),
        ("© Sarn Courier 2025", "Sarn Courier"),
        ("Copyright (c) 2019-2025 Sarn Courier, Inc.", "Sarn Courier"),
        ("Image copyright Ada Lindqvist", None),
        ("The court upheld the copyright claim", None),
    ],
)
def test_copyright_lines(line: str, holder: str | None) -> None:
    assert publisher.copyright_holder(line) == holder


def test_a_site_in_its_own_dateline_is_no_agency() -> None:
    assert publisher.is_own("QRX", ["Quay Radio Xenia", ""])
    assert not publisher.is_own("AP", ["AP News"])
    assert not publisher.is_own("QRX", ["Sarn Courier"])


@pytest.mark.parametrize(
    ("host", "lines", "expected"),
    [
        (
            "sarncourier",
            ["Get the Sarn Courier app", "More: sarncourier.com", "The Sarn Courier app"],
            "Sarn Courier",
        ),
        ("thesarnlantern.co", ["Write to The Sarn Lantern"], "The Sarn Lantern"),
        ("nmherald", ["Sign up", "© 2031 The Norvale Mercury Herald Company"], "The Norvale Mercury Herald"),
        ("qrx", ["Watch QRX live", "© 2031 Quay Radio"], "QRX"),
        ("sun", ["The sun was out when Sun readers met"], None),
        ("norvaleng", ["© 2031 Norvale Ltd"], "Norvale"),
        ("sarncourier", ["Write to desk@sarncourier.example or see /sarncourier"], None),
    ],
)
def test_a_paste_is_published_by_whom_its_address_and_its_words_name(
    host: str, lines: list[str], expected: str | None
) -> None:
    texts = ["Home", *lines]
    owners = [owner for text in texts if (owner := publisher.copyright_holder(text))]
    assert publisher.of_text(texts[:1], texts, owners, None, host) == (None, expected)
