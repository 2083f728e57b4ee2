"""Feeds: their entries as a fetcher needs them, and as documents of a file."""

import io
import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.ingest import feeds
from pipelines.ingest.entry import Entry
from pipelines.ingest.piece import BrokenContainerError, Piece

LIMIT = 2**22
BODY = "<p>The harbour of Ostreva reopened on Monday after 12 days.</p><p>Ferries sail again from noon.</p>"
RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<?xml-stylesheet href="feed.xsl" type="text/xsl"?>
<!-- made by hand -->
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Ostreva Post</title><link>https://post.example/</link><language>en-gb</language>
<item><title>Harbour &amp;amp; ferries <![CDATA[<b>back</b>]]></title><link>/2026/harbour</link>
<guid isPermaLink="false">post-1</guid><dc:creator>Jana Vrba</dc:creator><dc:creator>Petr Olsa</dc:creator>
<pubDate>Mon, 02 Mar 2026 10:15:00 +0100</pubDate><description>Ferries &lt;i&gt;sail&lt;/i&gt; again.</description>
<content:encoded><![CDATA[{BODY}]]></content:encoded></item>
<item><title>Council votes</title>
<guid>https://post.example/2026/council</guid><description>A vote.</description></item>
<item><title>The hour in Ostreva</title><enclosure url="/hour.mp3" type="audio/mpeg" length="9"/></item>
</channel></rss>
"""
RSS_091 = """<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/rss-0.91.dtd">
<rss version="0.91"><channel><title>Ostreva Post</title><link>https://post.example/</link>
<item><title>Harbour&nbsp;reopens</title><link>https://post.example/harbour</link></item></channel></rss>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://post.example/"><title>Ostreva Post</title>
<link>https://post.example/</link></channel>
<item rdf:about="https://post.example/harbour"><title>Harbour reopens</title>
<link>https://post.example/harbour</link><dc:date>2026-03-02T10:15+01:00</dc:date></item></rdf:RDF>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://post.example/news/" xml:lang="en">
<title type="html">Ostreva &lt;b&gt;Post&lt;/b&gt;</title><author><name>The desk</name></author>
<entry><id>tag:post.example,2026:1</id><title>Harbour reopens</title><link rel="edit" href="edit/1"/>
<link rel="alternate" type="text/html" href="harbour"/><published>2026-03-02T10:15:00-05:00</published>
<updated>2026-03-02T16:00:00Z</updated><author><name>Jana Vrba</name></author><author><name>Petr Olsa</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{BODY}</div></content></entry>
<entry xml:base="https://other.example/"><id>tag:post.example,2026:2</id><title>Council votes</title>
<link href="council"/><updated>2026-03-02T16:00:00Z</updated><source><title>Inland Tribune</title></source>
<content type="text">The council voted.</content></entry></feed>"""
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Ostreva Post",
        "home_page_url": "https://post.example/",
        "language": "en",
        "authors": [{"name": "The desk"}],
        "items": [
            {
                "id": 1,
                "url": "/harbour",
                "title": "Harbour reopens",
                "content_html": BODY,
                "date_published": "2026-03-02T10:15:00+01:00",
                "authors": [{"name": "Jana Vrba"}, {"name": "Petr Olsa"}],
            },
            {"id": "https://post.example/council", "content_text": "The council voted.", "author": {"name": "P. Olsa"}},
            {"id": "3", "summary": "A vote.", "attachments": [{"url": "/hour.mp3", "mime_type": "audio/mpeg"}]},
        ],
    }
)


def pieces(content: str | bytes) -> tuple[list[Piece], str | None]:
    data = content.encode() if isinstance(content, str) else content
    found: list[Piece] = []
    try:
        for piece in feeds.read(io.BufferedReader(io.BytesIO(data)), LIMIT):
            found.append(piece)  # noqa: PERF402 - what came before the error is what counts
    except BrokenContainerError as broken:
        return found, broken.problem
    return found, None


def test_an_item_of_rss_says_what_it_says() -> None:
    harbour, council, hour = feeds.entries(RSS.encode(), "https://post.example/feed.xml")
    assert harbour == Entry(
        url="https://post.example/2026/harbour",
        id="post-1",
        title="Harbour & ferries back",
        published_at="2026-03-02T10:15:00+01:00",
        authors=("Jana Vrba", "Petr Olsa"),
        publisher="Ostreva Post",
        language="en-gb",
        summary="Ferries sail again.",
        html=BODY,
    )
    assert (council.url, council.summary, council.html) == ("https://post.example/2026/council", "A vote.", None)
    assert (hour.url, hour.enclosures) == (None, ("https://post.example/hour.mp3",))


def test_what_an_entry_states_is_all_but_its_text() -> None:
    harbour, council, _ = feeds.entries(RSS.encode(), None)
    said = json.loads(harbour.stated())
    assert (said["title"], said["published_at"]) == ("Harbour & ferries back", "2026-03-02T10:15:00+01:00")
    assert "html" not in said
    assert json.loads(council.stated())["url"] == "https://post.example/2026/council"


def test_a_dtd_that_is_named_is_no_hindrance_and_html_names_are_read() -> None:
    (entry,) = feeds.entries(RSS_091.encode(), None)
    assert (entry.title, entry.url) == ("Harbour reopens", "https://post.example/harbour")


def test_rss_one_is_read() -> None:
    (entry,) = feeds.entries(RDF.encode(), None)
    assert (entry.title, entry.published_at) == ("Harbour reopens", "2026-03-02T10:15:00+01:00")
    assert (entry.modified_at, entry.publisher) == (None, "Ostreva Post")


def test_an_entry_of_atom_has_the_nearest_base_author_and_source() -> None:
    harbour, council = feeds.entries(ATOM.encode(), None)
    assert (harbour.url, council.url) == ("https://post.example/news/harbour", "https://other.example/council")
    assert (harbour.published_at, harbour.modified_at) == ("2026-03-02T10:15:00-05:00", "2026-03-02T16:00:00+00:00")
    assert (harbour.authors, council.authors) == (("Jana Vrba", "Petr Olsa"), ("The desk",))
    assert (harbour.publisher, council.publisher) == ("Ostreva Post", "Inland Tribune")
    assert (council.published_at, council.text, council.html) == (None, "The council voted.", None)
    assert "Ferries sail again" in (harbour.html or "")


def test_a_json_feed_is_read() -> None:
    harbour, council, hour = feeds.entries(JSON_FEED.encode(), None)
    assert (harbour.url, harbour.id) == ("https://post.example/harbour", "1")
    assert (harbour.authors, council.authors) == (("Jana Vrba", "Petr Olsa"), ("P. Olsa",))
    assert (harbour.published_at, council.text) == ("2026-03-02T10:15:00+01:00", "The council voted.")
    assert (council.url, hour.url) == ("https://post.example/council", None)
    assert (hour.authors, hour.enclosures) == (("The desk",), ("https://post.example/hour.mp3",))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Mon, 02 Mar 2026 10:15:00 GMT", "2026-03-02T10:15:00+00:00"),
        ("2 Mar 26 9:15 EST", "2026-03-02T09:15:00-05:00"),
        ("Monday, 02 March 2026 10:15:00 -0330", "2026-03-02T10:15:00-03:30"),
        ("Mon, 02 Mar 2026 10:15:00", "2026-03-02T10:15:00"),
        ("2026-03-02 10:15:00 +0200", "2026-03-02T10:15:00+02:00"),
        ("2026-03-02T10:15:00.123Z", "2026-03-02T10:15:00+00:00"),
        ("2026-03-02", "2026-03-02"),
        ("20260302T101500+0100", "2026-03-02T10:15:00+01:00"),
        ("soon", None),
        ("0000-00-00 00:00:00", None),
    ],
)
def test_dates_keep_their_zone(written: str, read: str | None) -> None:
    feed = RSS.replace("Mon, 02 Mar 2026 10:15:00 +0100", written)
    assert feeds.entries(feed.encode(), None)[0].published_at == read


@pytest.mark.parametrize("feed", [RSS, RSS_091, RDF, ATOM, JSON_FEED])
@pytest.mark.parametrize("before", ["", "\ufeff", " \n"])
def test_feeds_are_told_by_their_first_element(feed: str, before: str) -> None:
    assert feeds.is_feed((before + feed).encode())


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "iso-8859-1"])
def test_a_feed_in_another_encoding_is_read(encoding: str) -> None:
    feed = RSS.replace('"utf-8"', f'"{encoding}"').replace("Jana Vrba", "Zoë Vrba").encode(encoding)
    assert feeds.is_feed(feed)
    assert feeds.entries(feed, None)[0].authors[0] == "Zoë Vrba"


@pytest.mark.parametrize(
    "other",
    [
        '<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "x"><html><p>&lt;rss></p></html>',
        "<html><body><pre>" + RSS + "</pre></body></html>",
        "The element <rss> begins a feed.",
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><a/></rdf:RDF>',
        '{"version": "1", "items": []}',
        "",
    ],
)
def test_other_documents_are_no_feeds(other: str) -> None:
    assert not feeds.is_feed(other.encode())
    with pytest.raises(BrokenContainerError):
        feeds.entries(other.encode(), None)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "empty"),
        (" \n", "empty"),
        ("<!doctype html><html><body>Sign in</body></html>", "html_instead"),
        ("Too many requests", "bad_feed"),
        ("<rss", "truncated_feed"),
        (RSS.replace("http://purl.org/dc", "http://purl.org/d\u3000c\u3000e"), "bad_feed"),
        (RSS[:900], "truncated_feed"),
        (JSON_FEED[:-20], "bad_feed"),
        ("[" * 100_000, "bad_feed"),
        ('{"version": "https://jsonfeed.org/version/1"}', "bad_feed"),
    ],
)
def test_an_answer_that_is_no_feed_is_told(content: str, problem: str) -> None:
    with pytest.raises(BrokenContainerError) as broken:
        feeds.entries(content.encode(), None)
    assert broken.value.problem == problem
    assert broken.value.detail


def test_a_feed_cut_anywhere_is_told_and_its_whole_entries_stay() -> None:
    whole, _ = pieces(RSS)
    for size in range(5, len(RSS.rstrip()), 40):
        found, problem = pieces(RSS[:size])
        assert problem, size
        assert found == whole[: len(found)], size
    assert len(pieces(RSS[:-12])[0]) == 3


@pytest.mark.parametrize(
    ("well", "ill"),
    [
        ("Harbour &amp;amp; ferries", "Harbour & ferries"),
        ("A vote.", "A vote.\x0b\x00"),
        ("A vote.", "A vote.&#0;&#xD800;&#1114112; &#xD800"),
        ("A vote.", "A <b>vote."),
        (' xmlns:dc="http://purl.org/dc/elements/1.1/"', ""),
    ],
)
def test_a_feed_that_is_not_quite_xml_is_read(well: str, ill: str) -> None:
    assert well in RSS
    found = feeds.entries(RSS.replace(well, ill).encode(), None)
    assert [e.title for e in found] == ["Harbour & ferries back", "Council votes", "The hour in Ostreva"]


def test_an_entry_with_its_article_is_a_document_and_one_without_is_kept_with_its_problem() -> None:
    found, problem = pieces(RSS)
    assert problem is None
    assert [(p.place, p.problem) for p in found] == [
        ("#entry1", None),
        ("#entry2", "link_only"),
        ("#entry3", "link_only"),
    ]
    assert found[0].url == "https://post.example/2026/harbour"
    assert "source add" in (found[1].detail or "")
    assert "hour.mp3" in (found[2].detail or "")
    assert json.loads(found[1].content)["title"] == "Council votes"


def test_a_description_is_the_article_where_there_is_no_link_or_where_it_is_long() -> None:
    item = "<rss><channel><item><title>A</title>{}<description>{}</description></item></channel></rss>"
    link = "<link>https://post.example/a</link>"
    for said, whole in ((link, False), ("", True)):
        (entry,) = feeds.entries(item.format(said, "The council voted.").encode(), None)
        assert bool(entry.text) == whole
    (entry,) = feeds.entries(item.format(link, "&lt;p&gt;word &lt;/p&gt;" * 250).encode(), None)
    assert (entry.html or "").count("<p>") == 250


def test_markup_that_was_escaped_twice_is_markup() -> None:
    feed = RSS.replace(f"<![CDATA[{BODY}]]>", "&amp;lt;p&amp;gt;Ferries sail.&amp;lt;/p&amp;gt;")
    assert "<p>Ferries sail.</p>" in (feeds.entries(feed.encode(), None)[0].html or "")


def test_a_feed_without_entries_is_whole_and_as_a_file_told() -> None:
    feed = "<rss version='2.0'><channel><title>Ostreva Post</title></channel></rss>"
    assert feeds.entries(feed.encode(), None) == []
    assert pieces(feed) == ([], "no_entries")


BOMB = '<!DOCTYPE rss [<!ENTITY a "{}">{}]><rss><channel><item><title>{}</title></item></channel></rss>'


@pytest.mark.parametrize(
    "feed",
    [
        BOMB.format("ha", "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 30)), "&a29;"),
        BOMB.format("ha" * 100_000, "", "&a;" * 100_000),
        "<!DOCTYPE rss [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><rss><channel><item><title>&a;</title></item></channel></rss>",
        "<!DOCTYPE rss [<!ENTITY % a SYSTEM 'http://127.0.0.1/x.dtd'> %a;]><rss><channel/></rss>",
        "<!-- <rss> --><!DOCTYPE rss [<!ENTITY a 'b'>]><rss><channel/></rss>",
    ],
    ids=["laughs", "quadratic", "file", "parameter", "behind a comment"],
)
def test_entities_are_refused_at_once(feed: str) -> None:
    start = time.process_time()
    with pytest.raises(BrokenContainerError) as broken:
        feeds.entries(feed.encode(), None)
    assert broken.value.problem == "unsafe_xml"
    assert time.process_time() - start < 1


@pytest.mark.parametrize("filler", ["<a>", "<", "&", "<![CDATA[", "<!--", "</item>", "<item>", "&lt;p&gt;", "<a b='"])
def test_hostile_repetition_takes_no_time(filler: str) -> None:
    start = time.process_time()
    pieces("<rss><channel><item><description>" + filler * 20_000 + "</description></item></channel></rss>")
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    "crowd",
    [
        "<item><title>a</title></item>" * 20_001,
        "<item>" + "".join(f"<category>{n}</category>" for n in range(50_000)) + "</item>",
        "".join(f"<category>{n}</category>" for n in range(50_000)),
    ],
    ids=["entries", "parts of an entry", "parts of the head"],
)
def test_a_crowded_feed_is_refused_at_once(crowd: str) -> None:
    start = time.process_time()
    assert pieces(f"<rss><channel>{crowd}</channel></rss>") == ([], "too_large")
    assert time.process_time() - start < 3


def test_an_element_crowded_with_attributes_is_refused_at_once() -> None:
    crowd = " ".join(f"a{n}='1'" for n in range(100_000))
    start = time.process_time()
    assert pieces(f"<rss><channel><item {crowd}/></channel></rss>") == ([], "bad_feed")
    assert time.process_time() - start < 1


@settings(max_examples=200)
@given(
    st.one_of(
        st.binary(max_size=300),
        st.tuples(st.sampled_from([RSS, RDF, ATOM, JSON_FEED]), st.integers(0, 1500), st.binary(max_size=12)).map(
            lambda t: t[0].encode()[: t[1]] + t[2] + t[0].encode()[t[1] :]
        ),
    )
)
def test_any_bytes_give_entries_or_the_declared_error(content: bytes) -> None:
    found, problem = pieces(content)
    assert found or problem
    assert all(json.loads(piece.content) for piece in found)
