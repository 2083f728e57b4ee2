"""Headline, byline and day between the headline and the story, on pages and in pasted text."""

import pytest

from pipelines.clean import header
from pipelines.clean.document import Document, clean
from pipelines.schemas import Cleaned
from tests.unit.clean.samples import BODY, PARAGRAPHS, page

TITLE = "Norvale to close its iron bridge for more than a year"
URL = "https://www.sarncourier.example/news/norvale-to-close-its-iron-bridge-19600"
OTHERS = ("Quay council wins its case over the fish market", "Lindqvist leaves the harbour board after nine years")


def pasted(*above: str, url: str | None = None) -> Cleaned:
    return clean(Document(text="\n".join(above) + f"\n\n{BODY}", url=url))


@pytest.mark.parametrize(
    ("lines", "authors"),
    [
        (("By Ada Lindqvist", "March 1, 2025"), ["Ada Lindqvist"]),
        (("Ada Lindqvist", "Transport reporter @adalindqvist", "Saturday 1 March 2025 11:42, UK"), ["Ada Lindqvist"]),
        (("Ada Lindqvist - Mar 1, 2025, 8:15 pm CST",), ["Ada Lindqvist"]),
        (("Saturday March 1, 2025 7:45 am PST by Ada Lindqvist",), ["Ada Lindqvist"]),
        (("March 1, 2025 | BY: Ada Lindqvist, MS",), ["Ada Lindqvist"]),
        (("ADA LINDQVIST", "March 1, 2025Updated: March 2, 2025 1:35 a.m."), ["Ada Lindqvist"]),
        (("Ada Lindqvist, QRX National Writer", "1 March 2025"), ["Ada Lindqvist"]),
        (("Ilse Tarrant", "March 1, 2025"), []),
        (("Quay Street", "More about traffic"), []),
    ],
)
def test_bylines_below_a_headline(lines: tuple[str, ...], authors: list[str]) -> None:
    assert pasted("Home", "Sport", TITLE, *lines)["authors"] == authors


@pytest.mark.parametrize(
    ("lines", "published", "modified"),
    [
        (("PUBLISHED SAT, MAR 1 20257:05 AM ESTUPDATED SAT, MAR 1 20257:16 AM EST",),
         "2025-03-01T07:05:00-05:00", "2025-03-01T07:16:00-05:00"),
        (("01.03.2025, 08:57",), "2025-03-01T08:57:00", None),
        (("1 de marzo de 2025",), "2025-03-01", None),
        (("03/04/2025",), None, None),
        (("2 hours ago",), None, None),
        (("The quarter, seen on Sunday, March 2, 2025, from the tower of the old town hall in the rain",), None, None),
        (("- Ilse Tarrant on Sunday, February 2, 2025 in an interview with a newspaper of the town",), None, None),
    ],
)  # fmt: skip
def test_days_below_a_headline(lines: tuple[str, ...], published: str | None, modified: str | None) -> None:
    row = pasted(TITLE, *lines)
    assert (row["published_at"], row["modified_at"]) == (published, modified)


def test_the_days_of_other_stories_are_no_evidence() -> None:
    listed = [line for i, other in enumerate(OTHERS * 2) for line in (other, f"March {i + 3}, 2019")]
    assert pasted("More stories like this one", *listed)["published_at"] is None


def test_the_headline_is_told_by_byline_and_address_from_those_of_other_stories() -> None:
    share = ("Facebook", "Copy Link URLCopied!", "Share this with Email")
    assert pasted(TITLE, "By Ada Lindqvist", "March 1, 2025", "More on:", *OTHERS)["title"] == TITLE
    assert pasted(TITLE, *share * 6, *OTHERS, url=URL)["title"] == TITLE
    assert pasted(f"Home News {TITLE}", TITLE, "March 1, 2025")["title"] == TITLE
    assert pasted(TITLE, "A photograph of girders. © Quay Pictures / Nia Okoro", *share)["title"] == TITLE


def test_a_headline_kept_as_the_first_line_of_the_story_is_taken_out() -> None:
    row = pasted("Home", TITLE, "by Ada Lindqvist", "Saturday, March 1, 2025")
    assert (row["title"], row["text"]) == (TITLE, BODY)


def test_a_picture_of_an_agency_makes_no_story_of_its() -> None:
    assert (
        pasted(TITLE, "By Ada Lindqvist", "Girders of the bridge over the Sarn on a wet morning", "AP")["wire"] is None
    )
    assert pasted(TITLE, "(Nia Okoro / Associated Press)", "By Ada Lindqvist")["wire"] is None
    assert pasted(TITLE, "Reuters", "March 1, 2025")["wire"] == "Reuters"


def test_the_byline_that_is_shown_is_believed_before_the_account_that_uploaded() -> None:
    jsonld = '<script type="application/ld+json">{"@type": "NewsArticle", "author": {"name": "Nia Okoro"}}</script>'
    source = page(head=jsonld).replace("</h1>", "</h1><p>By Ada Lindqvist and Tom Reyes</p>")
    assert clean(Document(html=source))["authors"] == ["Ada Lindqvist", "Tom Reyes"]
    assert clean(Document(html=page(head=jsonld)))["authors"] == ["Nia Okoro"]
    both = page(head=jsonld).replace("</h1>", "</h1><p>Nia Okoro</p><p>Pictures</p><p>By Ada Lindqvist</p>")
    assert clean(Document(html=both))["authors"] == ["Nia Okoro"]


def test_the_times_of_other_stories_are_no_evidence() -> None:
    other = "<aside><p>Quay wins<time datetime='2025-03-09T07:00:00Z'>9 March</time></p></aside>"
    assert clean(Document(html=page(after=other)))["date_evidence"] == []
    own = page().replace("</h1>", "</h1><time datetime='2025-03-01T07:00:00Z'>1 March, 7am</time>")
    assert clean(Document(html=own))["published_at"] == "2025-03-01T07:00:00+00:00"
    marked = page(before="<span itemprop='datePublished' content='2025-03-01'>yesterday</span>")
    assert clean(Document(html=marked))["published_at"] == "2025-03-01"


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ('{"@type": "Person", "givenName": "Ada", "familyName": "Lindqvist"}', ["Ada Lindqvist"]),
        ('[{"name": ["Ada Lindqvist", "Tom Reyes"]}]', ["Ada Lindqvist", "Tom Reyes"]),
        ('{"@type": "Person", "url": "https://x.example/author/ada-lindqvist/"}', ["Ada Lindqvist"]),
        ('"https://x.example/people/ada-lindqvist"', ["Ada Lindqvist"]),
        ('"https://x.example/ada-lindqvist"', []),
        ('"Norvale newsroom"', []),
    ],
)
def test_authors_in_json_ld(author: str, names: list[str]) -> None:
    head = f'<script type="application/ld+json">{{"@type": "NewsArticle", "author": {author}}}</script>'
    assert clean(Document(html=page(head=head)))["authors"] == names


def test_a_stub_of_another_story_is_not_the_article() -> None:
    stub = """{"@type": "NewsArticle", "headline": "Quay wins its case at last", "author": {"name": "Nia Okoro"},
      "url": "https://www.sarncourier.example/quay", "datePublished": "2025-02-01T08:00:00Z"}"""
    own = "<link rel='canonical' href='https://www.sarncourier.example/bridge'>"
    title = "<meta property='og:title' content='Norvale to close its iron bridge'>"
    row = clean(Document(html=page(head=f'{own}{title}<script type="application/ld+json">{stub}</script>')))
    assert (row["title"], row["authors"], row["date_evidence"]) == ("Norvale to close its iron bridge", [], [])


def test_a_name_out_of_a_list_of_references_is_turned() -> None:
    head = "<meta name='citation_author' content='Lindqvist, Ada'><meta name='citation_author' content='Reyes, Tom'>"
    assert clean(Document(html=page(head=head)))["authors"] == ["Ada Lindqvist", "Tom Reyes"]


@pytest.mark.parametrize(
    "text", ["1 March 2025", "3 days ago", "First published on March 1, 2025 / 1:07 AM", "yesterday"]
)
def test_lines_that_tell_when(text: str) -> None:
    assert header.is_stamp(text)


@pytest.mark.parametrize(
    ("text", "credited"),
    [
        ("By Ada Lindqvist", True),
        ("ByAda Lindqvist", True),
        ("By using this site you agree", False),
        ("By the numbers", False),
    ],
)
def test_lines_that_begin_as_bylines_do(text: str, credited: bool) -> None:  # noqa: FBT001
    assert header.is_credited(text) == credited


@pytest.mark.parametrize("text", ["2018 Boys State Swim Results", "September 2018 open thread", PARAGRAPHS[1], ""])
def test_lines_that_tell_more(text: str) -> None:
    assert not header.is_stamp(text)


def test_the_day_below_the_story_counts_where_it_says_that_it_is_the_first() -> None:
    below = ["Related stories", "March 9, 2025", "First published on March 1, 2025 / 8:16 AM"]
    found = clean(Document(text="\n".join([TITLE, "", BODY, "", *below])))
    assert found["published_at"] == "2025-03-01T08:16:00"
    above = clean(Document(text="\n".join([TITLE, "March 2, 2025", "", BODY, "", *below])))
    assert above["published_at"] == "2025-03-02"
