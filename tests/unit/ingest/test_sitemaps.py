"""Sitemaps: addresses with what is said of them, and other sitemaps apart."""

import io
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.ingest import sitemaps
from pipelines.ingest.entry import Entry
from pipelines.ingest.piece import BrokenContainerError
from pipelines.ingest.sitemaps import Child

NEWS = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc> https://post.example/harbour?a=1&amp;b=2 </loc><lastmod>2026-03-02T11:00:00+01:00</lastmod>
<news:news><news:publication><news:name>Ostreva Post</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2026-03-02T10:15+01:00</news:publication_date><news:title>Harbour reopens</news:title>
</news:news>
</url><url><loc>/council</loc><lastmod>2026-03-01</lastmod></url><url><lastmod>2026-03-01</lastmod></url></urlset>"""
INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://post.example/1.xml.gz</loc>
<lastmod>2026-03-02</lastmod></sitemap><sitemap><loc>/2.xml</loc></sitemap></sitemapindex>"""


def test_a_news_sitemap_is_read() -> None:
    harbour, council = sitemaps.entries(NEWS.encode(), "https://post.example/sitemap.xml")
    assert harbour == Entry(
        url="https://post.example/harbour?a=1&b=2",
        title="Harbour reopens",
        published_at="2026-03-02T10:15:00+01:00",
        modified_at="2026-03-02T11:00:00+01:00",
        publisher="Ostreva Post",
        language="en",
    )
    assert council == Entry(url="https://post.example/council", modified_at="2026-03-01")
    assert sitemaps.children(NEWS.encode(), None) == []


def test_an_index_names_other_sitemaps() -> None:
    assert sitemaps.entries(INDEX.encode(), None) == []
    assert sitemaps.children(INDEX.encode(), "https://post.example/index.xml") == [
        Child("https://post.example/1.xml.gz", "2026-03-02"),
        Child("https://post.example/2.xml", None),
    ]


def test_as_a_file_it_is_one_document_without_an_article() -> None:
    (piece,) = sitemaps.read(io.BufferedReader(io.BytesIO(NEWS.encode())), 2**20)
    assert (piece.problem, piece.content) == ("link_only", NEWS.encode())
    assert "of 1 pages" in (piece.detail or "")  # without a base, a path is no address


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_sitemaps_are_told_by_their_first_element(encoding: str) -> None:
    content = NEWS.replace("UTF-8", encoding).encode(encoding)
    assert sitemaps.is_sitemap(content)
    assert len(sitemaps.entries(content, None)) == 1
    assert not sitemaps.is_sitemap(b"<html><urlset></html>")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "empty"),
        ("<html><body>Not found</body></html>", "html_instead"),
        ("<feed/>", "bad_sitemap"),
        ("https://post.example/harbour", "bad_sitemap"),
        (NEWS[:-10], "bad_sitemap"),
        ("<!DOCTYPE urlset [<!ENTITY a 'b'>]><urlset/>", "unsafe_xml"),
        ("<urlset>" + "<a>" * 100_000, "bad_sitemap"),
    ],
)
def test_what_is_no_whole_sitemap_is_told(content: str, problem: str) -> None:
    with pytest.raises(BrokenContainerError) as broken:
        sitemaps.entries(content.encode(), None)
    assert broken.value.problem == problem


@settings(max_examples=150)
@given(st.integers(0, len(NEWS)), st.binary(max_size=12))
def test_any_bytes_give_addresses_or_the_declared_error(at: int, noise: bytes) -> None:
    content = NEWS.encode()[:at] + noise + NEWS.encode()[at:]
    found: list[Entry] = []
    with suppress(BrokenContainerError):
        found = sitemaps.entries(content, None)
    assert all(entry.url for entry in found)
