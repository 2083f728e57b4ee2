"""The parts of an article put together."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from courlan import clean_url
from lxml import html

from pipelines.clean import (
    body,
    byline,
    credit,
    dates,
    edges,
    flags,
    headline,
    lines,
    paste,
    publisher,
    structured,
    wire,
)
from pipelines.clean.characters import one_line
from pipelines.clean.dates import Candidate
from pipelines.clean.rejected import Rejected
from pipelines.clean.structured import Structured, listed, named
from pipelines.schemas import Cleaned

_LANGUAGE_SAMPLE = 400  # characters: more do not change the answer
_LANGUAGE_LEAST = 60  # characters: fewer give no answer worth having
_HEADER = 14  # lines above the story: headline, standfirst, byline, day
_CREDIT = 120  # characters: a longer byline is a paragraph
_BREADTH = 4  # paragraphs in which a dateline may stand
_CHANGED = re.compile("updated|modified", re.IGNORECASE)
_META_DATES = (
    "article:published_time", "og:article:published_time", "datepublished", "date", "dc.date", "dc.date.issued",
    "dcterms.created", "dcterms.date", "dc.date.created", "pubdate", "publishdate", "publish-date", "publish_date",
    "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "article.published", "og:published_time",
    "rnews:datepublished", "originalpublicationdate", "published_time", "iso-8601-publish-date", "datecreated",
)  # fmt: skip
_META_MODIFIED = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "last-modified",
    "lastmod",
    "dcterms.modified",
)
_META_AUTHORS = ("author", "article:author", "og:author", "dc.creator", "dcterms.creator", "byl", "sailthru.author",
                 "parsely-author", "article:author_name", "citation_author", "twitter:creator:name")  # fmt: skip
_STANDFIRST = frozenset(("standfirst", "dek", "subtitle", "subheadline"))
_CLASSED = "//*[{}]".format(" or ".join(f"contains(@class, '{name}')" for name in sorted(_STANDFIRST)))
_BYLINE_PATHS = (
    "//*[@itemprop='author']//*[@itemprop='name'] | //*[@itemprop='author'][not(.//*[@itemprop='name'])]",
    "//a[@rel='author']",
    "//*[contains(@class,'byline') or contains(@class,'author-name') or contains(@class,'author__name')]",
)


def from_page(
    tree: html.HtmlElement, url: str | None, given: Mapping[str, Any], latest: datetime | None, *, cut: bool = False
) -> Cleaned:
    """The article of a web page.

    Args:
        tree: the page.
        url: the address it came from.
        given: what the source itself states.
        latest: when it was captured.
        cut: whether the markup breaks off; the story with it, where nothing stands below.

    Raises:
        Rejected: `no_article` where the page has no running text.
    """
    stated = structured.read(tree)
    found = lines.of_page(tree)
    address = _address(stated.canonical, url) or _address(stated.first("og:url"), url) or _address(url, None)
    kept = body.of_page(tree, found, stated, address)
    name = publisher.of_page(tree, stated, (line.text for line in found), _host(address))
    site = [name or "", stated.first("og:site_name") or "", _host(address)]
    title = headline.title(tree, stated, found, site, kept)
    kept = edges.trimmed(found, headline.left_out(title, found, kept))
    marked = _standfirsts(tree)
    kept = edges.without_standfirst(found, kept, marked)
    paragraphs = [text for line, keep in zip(found, kept, strict=True) if keep and (text := one_line(line.text))]
    row = _row(paragraphs, address)
    row["publisher"], row["title"] = name, title
    first = next(i for i, keep in enumerate(kept) if keep)
    last = max(i for i, keep in enumerate(kept) if keep)
    header = [line.text for line in found[max(0, first - _HEADER) : first + 2]]
    row["subtitle"] = _subtitle([*_summaries(stated), *marked], title, header)
    around = [*header, *(line.text for line in found[last : last + 4])]
    for group in _credits(tree, stated, around):
        row["authors"] = row["authors"] or byline.people(group, site)
        row["wire"] = row["wire"] or next((agency for text in group if (agency := credit.of_line(text))), None)
        if row["authors"] or row["wire"]:
            break
    row["wire"] = row["wire"] or byline.agency(row["publisher"])
    row["section"] = named(stated.article.get("articleSection")) or stated.first("article:section", "section")
    row["section"] = row["section"] or next(iter(stated.microdata.get("articleSection", ())), None)
    _place(row, paragraphs, site)
    _date(row, _page_dates(tree, stated, address, header), latest)
    row["modified_at"] = _modified(stated, latest)
    rest = [line.text for line, keep in zip(found, kept, strict=True) if not keep]
    row["flags"] = flags.of_page(row, stated, rest, cut=cut and kept[-1])
    return _overridden(row, given, latest)


def from_text(source: str, url: str | None, given: Mapping[str, Any], latest: datetime | None) -> Cleaned:
    """The article of a pasted text or a wire copy.

    Raises:
        Rejected: `no_article` where there is no running text.
    """
    pasted = paste.read(source, url)
    address = _address(url, None)
    row = _row(pasted.paragraphs, address)
    row["title"], row["subtitle"] = pasted.title, pasted.subtitle
    row["authors"] = byline.people(pasted.bylines, pasted.papers)
    row["publisher"] = next((byline.paper(paper) or paper for paper in pasted.papers), None)
    row["publisher"] = row["publisher"] or pasted.publisher
    row["wire"] = pasted.signed or next(
        (agency for c in [*pasted.credits, *pasted.bylines] if (agency := credit.of_line(c))), None
    )
    _place(row, pasted.paragraphs, [row["publisher"] or "", _host(address)])
    by_url = dates.in_url(address)
    _date(row, [*pasted.published, *([by_url] if by_url else [])], latest)
    changed = [c for c in pasted.modified if dates.winner([c], latest)]
    row["modified_at"] = changed[0].value if changed else None
    row["flags"] = flags.of_text(row, pasted.rest, corrected=pasted.corrected)
    return _overridden(row, given, latest)


def _row(paragraphs: Sequence[str], url: str | None) -> Cleaned:
    text = "\n\n".join(paragraphs)
    if not any(c.isalnum() for c in text):
        raise Rejected("no_article", "there is no running text")
    return Cleaned(
        url=url, title=None, subtitle=None, authors=[], publisher=None, wire=None, dateline=None, section=None,
        language=language(text), published_at=None, modified_at=None, zone="none", date_evidence=[],
        text=text, flags=[],
    )  # fmt: skip


def language(text: str) -> str | None:
    """ISO 639-1 code of a text; null where it is too short to tell."""
    if len(text) < _LANGUAGE_LEAST:
        return None
    import py3langid

    code: str = py3langid.classify(text[:_LANGUAGE_SAMPLE])[0]
    return code


def _address(url: str | None, base: str | None) -> str | None:
    """A canonical address, without tracking parameters; null for what is none."""
    if url and url.startswith("//"):
        url = f"https:{url}"
    if not url or not url.startswith(("http://", "https://")):
        return None if base is None or not url else _address(base, None)
    cleaned = clean_url(url)
    return cleaned if isinstance(cleaned, str) and cleaned.isprintable() else None


def _host(url: str | None) -> str:
    found = re.match(r"https?://(?:www\.)?([^/:?#]+)", url or "")
    return found[1].rsplit(".", 1)[0] if found else ""


def _summaries(stated: Structured) -> list[str]:
    """What the page states as its summary."""
    stated_ones = [named(stated.article.get(key)) for key in ("alternativeHeadline", "description")]
    described = stated.first("og:description", "description")
    return [text for text in (*stated_ones, described) if text]


def _standfirsts(tree: html.HtmlElement) -> list[str]:
    """What the page's markup calls a standfirst."""
    named_so = (element for element in tree.xpath(_CLASSED) if _STANDFIRST & set(element.get("class").split()))
    return [one_line(element.text_content()) for element in named_so]


def _subtitle(summaries: Iterable[str], title: str | None, header: Sequence[str]) -> str | None:
    """The summary that the page also shows under the headline."""
    return next((text for text in summaries if text != title and text in header), None)


def _credits(tree: html.HtmlElement, stated: Structured, around: Sequence[str]) -> Iterable[list[str]]:
    """Bylines by where they stand, the most trustworthy first.

    Elements of the page count only where they stand around the story: other stories have bylines, too.
    """
    names: list[str] = []
    for author in listed(stated.article.get("author")) or listed(stated.article.get("creator")):
        several = author.get("name") if isinstance(author, dict) else author
        if isinstance(several, list):
            names += [one_line(item) for item in several if isinstance(item, str)]
        elif name := named(author) or publisher.referred(stated, author):
            names.append(name)
    yield names
    for key in _META_AUTHORS:
        yield [value for value in stated.meta.get(key, ()) if "/" not in value and "(" not in value]
    near = " ".join(around)
    for path in _BYLINE_PATHS:
        texts = [one_line(element.text_content()) for element in tree.xpath(path)]
        yield [text for text in texts if text and len(text) < _CREDIT and text in near]
    yield [text for text in around if text[:3] in ("By ", "by ", "BY ") and len(text) < _CREDIT]
    yield [text for text in around if len(text) < _CREDIT and credit.of_line(text)]


def _place(row: Cleaned, paragraphs: Sequence[str], site: Sequence[str]) -> None:
    """Dateline and agency of the first paragraphs; a site that puts its own name into its datelines is no agency."""
    for paragraph in paragraphs[:_BREADTH]:
        if found := wire.dateline(paragraph):
            row["dateline"] = found.place
            if found.agency and not publisher.is_own(found.agency, site):
                row["wire"] = row["wire"] or found.agency
            return


def _page_dates(tree: html.HtmlElement, stated: Structured, url: str | None, header: Sequence[str]) -> list[Candidate]:
    out = [dates.iso("jsonld", named(stated.article.get(key))) for key in ("datePublished", "dateCreated")]
    out += [dates.iso("meta", value) for name in _META_DATES for value in stated.meta.get(name, ())[:1]]
    times = tree.xpath("//time[@datetime]")
    own = [t for t in times if "pub" in " ".join(t.values()).lower()] or times[:1]
    out += [dates.iso("time", t.get("datetime")) for t in own[:2]]
    near = [text for text in header if len(text) < _CREDIT and not _CHANGED.search(text)]
    out += [candidate for text in near for candidate in dates.in_text("byline", text)]
    out.append(dates.in_url(url))
    return [candidate for candidate in out if candidate is not None]


def _modified(stated: Structured, latest: datetime | None) -> str | None:
    texts = [named(stated.article.get("dateModified")), stated.first(*_META_MODIFIED)]
    found = [c for text in texts if (c := dates.iso("jsonld", text)) and dates.winner([c], latest)]
    return found[0].value if found else None


def _date(row: Cleaned, candidates: list[Candidate], latest: datetime | None) -> None:
    ranked = dates.ranked(candidates, latest)
    row["date_evidence"] = [c.row() for c in ranked]
    if won := dates.winner(ranked, latest):
        row["published_at"], row["zone"] = won.value, won.zone


def _overridden(row: Cleaned, given: Mapping[str, Any], latest: datetime | None) -> Cleaned:
    """The row with what the source itself states."""
    for key in ("url", "title", "subtitle", "publisher", "wire", "dateline", "section", "language", "modified_at"):
        if isinstance(value := given.get(key), str) and value.strip():
            row[key] = one_line(value)
    authors = given.get("authors")
    if authors:
        row["authors"] = byline.people(
            [authors] if isinstance(authors, str) else [a for a in authors if isinstance(a, str)]
        )
    if (stamp := given.get("published_at")) and (candidate := dates.iso("given", str(stamp))):
        if dates.winner([candidate], latest):
            row["published_at"], row["zone"] = candidate.value, candidate.zone
            row["date_evidence"].insert(0, candidate.row())
        else:
            row["date_evidence"].append(candidate.row())
    return row
