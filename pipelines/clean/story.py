"""The parts of an article put together."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from courlan import clean_url
from lxml import html

from pipelines.clean import (
    authors,
    body,
    byline,
    credit,
    dates,
    edges,
    flags,
    header,
    headline,
    lines,
    paste,
    publisher,
    section,
    structured,
    wire,
)
from pipelines.clean.characters import one_line
from pipelines.clean.dates import Candidate
from pipelines.clean.language import language
from pipelines.clean.rejected import Rejected
from pipelines.clean.structured import Structured, named
from pipelines.schemas import Cleaned

_BREADTH = 4  # paragraphs in which a dateline may stand
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
_STANDFIRST = frozenset(("standfirst", "dek", "subtitle", "subheadline"))
_CLASSED = "//*[{}]".format(" or ".join(f"contains(@class, '{name}')" for name in sorted(_STANDFIRST)))


class Told(NamedTuple):
    """What is known of an article from elsewhere.

    Attributes:
        given: what the source itself states; it overrides what the document says.
        stated: what led to the document states: its time is evidence, its title and authors fill gaps.
        latest: when it was captured.
    """

    given: Mapping[str, Any]
    stated: Mapping[str, Any]
    latest: datetime | None


def from_page(tree: html.HtmlElement, url: str | None, told: Told, *, cut: bool = False) -> Cleaned:
    """The article of a web page.

    Args:
        tree: the page.
        url: the address it came from.
        told: what is known of it from elsewhere.
        cut: whether the markup breaks off; the story with it, where nothing stands below.

    Raises:
        Rejected: `no_article` where the page has no running text.
    """
    stated = structured.read(tree)
    found = lines.of_page(tree)
    address = _address(stated.canonical, url) or _address(stated.first("og:url"), url) or _address(url, None)
    kept = body.of_page(tree, found, stated, address)
    name = publisher.of_page(tree, stated, (line.text for line in found), _host(address))
    stated_name = named(stated.article.get("publisher"))
    site = [text for text in (name, stated_name, stated.first("og:site_name"), _host(address)) if text]
    title = headline.title(tree, stated, found, site, kept)
    kept = edges.trimmed(found, headline.left_out(title, found, kept))
    marked = _standfirsts(tree)
    kept = edges.without_standfirst(found, kept, marked)
    paragraphs = [text for line, keep in zip(found, kept, strict=True) if keep and (text := one_line(line.text))]
    row = _row(paragraphs, address)
    row["publisher"], row["title"] = name, title
    first = next(i for i, keep in enumerate(kept) if keep)
    last = max(i for i, keep in enumerate(kept) if keep)
    texts = [line.text for line in found]
    head = header.of_story(texts, title, first)
    row["subtitle"] = _subtitle([*_summaries(stated), *marked], title, head)
    shown, bare = header.bylines(head), header.bare_names(head, title, row["text"])
    row["authors"], row["wire"] = authors.of_page(tree, stated, head, texts[last : last + 4], shown, bare, site)
    row["wire"] = row["wire"] or byline.agency(row["publisher"])
    row["section"] = section.of_page(stated, address, title, site)
    _place(row, paragraphs, site)
    _date(row, [*_page_dates(tree, stated, address, head, paragraphs), *_listed(told)], told.latest)
    row["modified_at"] = _modified(stated, told.latest)
    rest = [line.text for line, keep in zip(found, kept, strict=True) if not keep]
    row["flags"] = flags.of_page(row, stated, rest, cut=cut and kept[-1])
    return _overridden(_filled(row, told.stated), told.given, told.latest)


def from_text(source: str, url: str | None, told: Told) -> Cleaned:
    """The article of a pasted text or a wire copy.

    Raises:
        Rejected: `no_article` where there is no running text.
    """
    address = _address(url, None)
    pasted = paste.read(source, url, _host(address))
    row = _row(pasted.paragraphs, address)
    row["title"], row["subtitle"] = pasted.title, pasted.subtitle
    row["authors"] = byline.people(pasted.bylines, pasted.papers)
    papers = [*pasted.papers, *filter(None, [pasted.publisher])]
    row["publisher"] = next((byline.paper(paper) or paper for paper in papers), None)
    row["wire"] = pasted.signed or next(
        (agency for c in [*pasted.credits, *pasted.bylines] if (agency := credit.of_line(c))), None
    )
    _place(row, pasted.paragraphs, [row["publisher"] or "", _host(address)])
    by_url = dates.in_url(address)
    found = [*pasted.published, *filter(None, [by_url]), *_filed(pasted.paragraphs), *_listed(told)]
    _date(row, found, told.latest)
    changed = [c for c in pasted.modified if dates.winner([c], told.latest)]
    row["modified_at"] = changed[0].value if changed else None
    row["section"] = section.in_address(address)
    row["flags"] = flags.of_text(row, pasted.rest, corrected=pasted.corrected)
    return _overridden(_filled(row, told.stated), told.given, told.latest)


def _row(paragraphs: Sequence[str], url: str | None) -> Cleaned:
    text = "\n\n".join(paragraphs)
    if not any(c.isalnum() for c in text):
        raise Rejected("no_article", "there is no running text")
    return Cleaned(
        url=url, title=None, subtitle=None, authors=[], publisher=None, wire=None, dateline=None, section=None,
        language=language(text), published_at=None, modified_at=None, zone="none", date_evidence=[],
        text=text, flags=[],
    )  # fmt: skip


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


def _place(row: Cleaned, paragraphs: Sequence[str], site: Sequence[str]) -> None:
    """Dateline and agency of the first paragraphs; a site that puts its own name into its datelines is no agency."""
    for paragraph in paragraphs[:_BREADTH]:
        if found := wire.dateline(paragraph):
            row["dateline"] = found.place
            if found.agency and not publisher.is_own(found.agency, site):
                row["wire"] = row["wire"] or found.agency
            return


def _page_dates(
    tree: html.HtmlElement, stated: Structured, url: str | None, head: Sequence[str], paragraphs: Sequence[str]
) -> list[Candidate]:
    out = [dates.iso("jsonld", named(stated.article.get(key))) for key in ("datePublished", "dateCreated")]
    out += [dates.iso("meta", value) for name in _META_DATES for value in stated.meta.get(name, ())[:1]]
    out += _marked_times(tree, " ".join(head))
    out += [candidate for candidate, changed in header.times(head, "byline") if not changed]
    out.append(dates.in_url(url))
    out += _filed(paragraphs)
    return [candidate for candidate in out if candidate is not None]


def _filed(paragraphs: Sequence[str]) -> list[Candidate]:
    """The full date of the dateline."""
    found = ((paragraph, wire.dateline(paragraph)) for paragraph in paragraphs[:_BREADTH])
    first = next(((paragraph, place) for paragraph, place in found if place), None)
    return list(dates.in_text("dateline", first[0][: first[1].length])) if first else []


def _marked_times(tree: html.HtmlElement, head: str) -> Iterator[Candidate | None]:
    """Times that the page marks up at the head of the story; those elsewhere are of other stories or of comments."""
    for element in tree.xpath("//time[@datetime] | //*[@itemprop='datePublished'][not(self::meta)]"):
        marks = " ".join(element.values()).lower()
        text = one_line(element.text_content())
        if (text and text in head and "modif" not in marks and "updat" not in marks) or "datepublished" in marks:
            yield dates.iso("time", element.get("datetime") or element.get("content") or text)


def _modified(stated: Structured, latest: datetime | None) -> str | None:
    texts = [named(stated.article.get("dateModified")), stated.first(*_META_MODIFIED)]
    found = [c for text in texts if (c := dates.iso("jsonld", text)) and dates.winner([c], latest)]
    return found[0].value if found else None


def _date(row: Cleaned, candidates: list[Candidate], latest: datetime | None) -> None:
    ranked = dates.ranked(candidates, latest)
    row["date_evidence"] = dates.evidence(ranked, latest)
    if won := dates.winner(ranked, latest):
        row["published_at"], row["zone"] = won.value, won.zone


def _listed(told: Told) -> Iterator[Candidate]:
    """The time that a feed or sitemap states of the article."""
    stamp = told.stated.get("published_at")
    if isinstance(stamp, str) and (candidate := dates.iso("feed", stamp)):
        yield candidate


def _filled(row: Cleaned, stated: Mapping[str, Any]) -> Cleaned:
    """The row with the title and authors of what led to it, where the document has none."""
    title, names = stated.get("title"), stated.get("authors")
    if not row["title"] and isinstance(title, str):
        row["title"] = one_line(title) or None
    if not row["authors"] and isinstance(names, list):
        row["authors"] = byline.people([name for name in names if isinstance(name, str)])
    return row


def _overridden(row: Cleaned, given: Mapping[str, Any], latest: datetime | None) -> Cleaned:
    """The row with what the source itself states."""
    for key in ("url", "title", "subtitle", "publisher", "wire", "dateline", "section", "language", "modified_at"):
        if isinstance(value := given.get(key), str) and value.strip():
            row[key] = one_line(value)
    if names := given.get("authors"):
        row["authors"] = byline.people([names] if isinstance(names, str) else [n for n in names if isinstance(n, str)])
    row["flags"] = sorted({*row["flags"], *given.get("flags", ())})
    if (stamp := given.get("published_at")) and (candidate := dates.iso("given", str(stamp))):
        _stated(row, candidate, latest)
    return row


def _stated(row: Cleaned, candidate: Candidate, latest: datetime | None) -> None:
    """The publication time that the source itself states, before all that the document says."""
    if not dates.winner([candidate], latest):
        row["date_evidence"].append(candidate.row("later_than_capture"))
        return
    row["published_at"], row["zone"] = candidate.value, candidate.zone
    for lost in row["date_evidence"]:
        if lost["verdict"] != "later_than_capture":
            lost["verdict"] = "lesser_source"
    row["date_evidence"].insert(0, candidate.row("won"))
