"""Wire formats of the IPTC: files and messages into items, items into articles."""

import io
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.clean import capture
from pipelines.clean.rejected import Rejected
from pipelines.ingest import newsml, registry
from pipelines.ingest.files import captures
from pipelines.ingest.piece import BrokenContainerError
from pipelines.schemas import Capture, Cleaned
from tests.unit.ingest import samples
from tests.unit.ingest.samples import captured
from tests.world import NOON

LIMIT = 2**22


def taken(folder: Path, content: str | bytes) -> list[Capture]:
    file = folder / "item"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(captures(file, NOON, LIMIT))


def article(folder: Path, content: str | bytes) -> Cleaned:
    (found,) = taken(folder, content)
    assert found["problem"] is None, found["detail"]
    return capture.cleaned(found, {})[0]


def reason(folder: Path, content: str | bytes) -> str:
    (found,) = taken(folder, content)
    with pytest.raises(Rejected) as refused:
        capture.cleaned(found, {})
    return refused.value.reason


def stated(row: Cleaned) -> dict[str, Any]:
    names = ("title", "subtitle", "authors", "publisher", "wire", "dateline", "section", "language")
    return {name: row[name] for name in (*names, "published_at", "modified_at")}  # type: ignore[literal-required]


def test_a_nitf_file_is_an_article(tmp_path: Path) -> None:
    revised = '<revision-history norm="20260302T103000+0100"/><revision-history norm="20260302T110000+0100"/>'
    picture = "<media><media-caption>A ferry at the quay in March.</media-caption></media>"
    list_of = "<ul><li>Boats of up to 12 metres pay <money>40</money> crowns a day under the rules.</li></ul>"
    row = article(tmp_path, samples.nitf(head=revised, body=picture + samples.BODY + list_of))
    last = "Boats of up to 12 metres pay 40 crowns a day under the rules."
    assert row["text"] == f"{samples.STORY}\n\n{last}"
    assert stated(row) == {
        "title": samples.TITLE,
        "subtitle": "Ferries sail from noon",
        "authors": ["Jana Olsa", "Petr Vrba"],
        "publisher": "Ostreva Post",
        "wire": "Sample Wire",
        "dateline": "OSTREVA",
        "section": "Harbour",
        "language": "en",
        "published_at": samples.AT,
        "modified_at": "2026-03-02T11:00:00+01:00",
    }


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "utf-8-sig"])
def test_a_nitf_file_in_another_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    content = samples.nitf().replace("UTF-8", encoding).replace("Petr", "Zoë").encode(encoding)
    assert article(tmp_path, content)["authors"] == ["Jana Olsa", "Zoë Vrba"]


@pytest.mark.parametrize("content", [samples.xhtml(), samples.inline_nitf()], ids=["xhtml", "nitf"])
def test_a_news_item_is_an_article(tmp_path: Path, content: str) -> None:
    row = article(tmp_path, samples.news_item(content))
    assert row["text"] == samples.STORY
    found = (row["title"], row["authors"], row["wire"], row["dateline"], row["language"], row["published_at"])
    assert found == (samples.TITLE, ["Jana Olsa"], "Sample Wire", "OSTREVA", "en", samples.AT)


def test_metadata_of_a_news_item_come_from_where_the_standard_has_them(tmp_path: Path) -> None:
    item = "<firstCreated>2026-03-01T09:00:00Z</firstCreated>"
    meta = """<headline role="hlrole:sub">Ferries sail</headline><by>By Petr Vrba</by>
<infoSource><name>Agence France-Presse</name></infoSource>"""
    row = article(tmp_path, samples.news_item(item=item, meta=meta))
    assert (row["published_at"], row["modified_at"]) == ("2026-03-01T09:00:00+00:00", samples.AT)
    assert (row["subtitle"], row["authors"]) == ("Ferries sail", ["Petr Vrba"])
    assert (row["wire"], row["publisher"]) == ("Agence France-Presse", "Sample Wire")


@pytest.mark.parametrize("kind", ["text/plain", "text/html"])
def test_inline_data_are_plain_text_or_escaped_markup(tmp_path: Path, kind: str) -> None:
    inside = samples.STORY if kind == "text/plain" else f"<![CDATA[{samples.BODY}]]>"
    row = article(tmp_path, samples.news_item(f'<inlineData contenttype="{kind}">{inside}</inlineData>'))
    assert row["text"] == samples.STORY


def test_the_longest_of_several_contents_is_the_text(tmp_path: Path) -> None:
    short = '<inlineData contenttype="text/plain">The harbour reopened.</inlineData>'
    assert article(tmp_path, samples.news_item(short + samples.xhtml()))["text"] == samples.STORY


@pytest.mark.parametrize("form", ["1", "2"])
def test_a_ninjs_item_is_an_article(tmp_path: Path, form: str) -> None:
    bodies = [{"contenttype": "text/plain", "value": "x"}, {"contenttype": "text/html", "value": samples.BODY}]
    heads = [{"role": "subtitle", "value": "Ferries sail"}, {"role": "main", "value": samples.TITLE}]
    two = {
        "headline": None,
        "body_xhtml": None,
        "byline": None,
        "bodies": bodies,
        "headlines": heads,
        "by": "Jana Olsa",
    }
    row = article(tmp_path, samples.ninjs(copyrightholder="Sample Wire", **(two if form == "2" else {})))
    assert row["text"] == samples.STORY
    assert (row["title"], row["subtitle"]) == (samples.TITLE, "Ferries sail" if form == "2" else None)
    found = (row["authors"], row["wire"], row["dateline"], row["language"], row["published_at"])
    assert found == (["Jana Olsa"], "Sample Wire", "Ostreva", "en", samples.AT)


def test_a_ninjs_item_has_its_text_and_its_address(tmp_path: Path) -> None:
    content = samples.ninjs(body_xhtml=None, body_text=samples.STORY, uri="https://sw.example/1")
    row = article(tmp_path, content)
    assert (row["text"], row["url"]) == (samples.STORY, "https://sw.example/1")
    assert reason(tmp_path, samples.ninjs(body_xhtml=None, type="picture")) == "no_text"


WITHDRAWN = [samples.nitf("canceled"), samples.nitf("withheld"), samples.ninjs(pubstatus="canceled")]
WITHDRAWN += [samples.news_item(item=f'<pubStatus qcode="stat:{status}"/>') for status in ("canceled", "withheld")]
WITHDRAWN += [samples.news_item(item='<pubStatus uri="http://cv.iptc.org/newscodes/pubstatusg2/canceled"/>')]
HELD = [samples.nitf(release="20260302T130001+0000"), samples.nitf("embargoed", release="")]
HELD += [samples.news_item(item="<embargoed>2026-03-02T12:00:01Z</embargoed>"), samples.news_item(item="<embargoed/>")]
HELD += [samples.ninjs(embargoed="2026-03-03T00:00:00+01:00")]


@pytest.mark.parametrize("content", WITHDRAWN)
def test_what_its_provider_withdrew_is_no_article(tmp_path: Path, content: str) -> None:
    assert reason(tmp_path, content) == "withdrawn"


@pytest.mark.parametrize("content", HELD)
def test_what_is_embargoed_when_it_is_captured_is_no_article(tmp_path: Path, content: str) -> None:
    assert reason(tmp_path, content) == "embargoed"


@pytest.mark.parametrize(
    "content",
    [
        samples.nitf("embargoed", "20260302T120000Z"),
        samples.news_item(item="<embargoed>2026-03-02T12:00:00Z</embargoed>"),
        samples.news_item(item='<pubStatus qcode="stat:usable"/>'),
        samples.ninjs(embargoed="2026-03-02T13:00:00+01:00"),
    ],
)
def test_an_embargo_that_is_over_holds_nothing_back(tmp_path: Path, content: str) -> None:
    assert article(tmp_path, content)["text"] == samples.STORY


def test_the_items_of_a_message_are_documents_and_copies_and_others_are_told(tmp_path: Path) -> None:
    first, second = samples.news_item(), samples.news_item(version=2)
    items = (first, second, first, '<packageItem guid="p"/>', samples.news_item(samples.inline_nitf(), version=3))
    found = taken(tmp_path, samples.news_message(*items))
    assert [c["problem"] for c in found] == [None, None, "copy", "not_news", None]
    assert found[1]["source"].endswith("item#item2")
    assert "version 1" in (found[2]["detail"] or "")
    texts = [capture.cleaned(c, {})[0]["text"] for c in found if not c["problem"]]
    assert texts == [samples.STORY] * 3


def test_an_item_without_text_says_where_its_content_is(tmp_path: Path) -> None:
    content = samples.news_item('<remoteContent href="https://sw.example/quay.jpg"/>').replace(
        "ninat:text", "ninat:picture"
    )
    (found,) = taken(tmp_path, content)
    with pytest.raises(Rejected, match=r"quay\.jpg") as refused:
        capture.cleaned(found, {})
    assert refused.value.reason == "no_text"
    assert "picture" in refused.value.detail


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (samples.news_message(), "no_entries"),
        (samples.news_message(samples.news_item())[:-20], "bad_xml"),
        ("<!DOCTYPE newsMessage [<!ENTITY a 'b'>]>" + samples.news_message(samples.news_item()), "unsafe_xml"),
        ('<packageItem xmlns="http://iptc.org/std/nar/2006-10-01/"/>', "not_news"),
        ('<?xml version="1.0"?><orders><order/></orders>', "unknown_xml"),
        ('<!DOCTYPE book SYSTEM "book.dtd"><book><p>Ferries sail.</p></book>', "unknown_xml"),
    ],
)
def test_what_is_no_news_is_told(tmp_path: Path, content: str, problem: str) -> None:
    (found,) = taken(tmp_path, content)
    assert found["problem"] == problem
    assert found["detail"]


@pytest.mark.parametrize(
    "page",
    [
        '<?xml version="1.0" encoding="utf-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml">',
        '<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x"><html>',
        "<!-- saved --><!DOCTYPE html><html>",
    ],
)
def test_xhtml_remains_a_page(tmp_path: Path, page: str) -> None:
    content = page + samples.PAGE.partition("<html>")[2]
    (found,) = taken(tmp_path, content)
    assert (found["media_type"], found["problem"]) == ("text/html", None)
    assert capture.cleaned(found, {})[0]["text"] == samples.STORY


LAUGHS = '<!ENTITY a "ha">' + "".join(f'<!ENTITY a{i} "{"&a{};".format(i - 1 if i else "") * 10}">' for i in range(30))
QUADRATIC = f'<!ENTITY a "{"ha" * 50_000}">'


@pytest.mark.parametrize("declared", [LAUGHS, QUADRATIC, '<!ENTITY a SYSTEM "file:///etc/passwd">'])
@pytest.mark.parametrize("name", ["nitf", "newsItem"])
def test_entities_are_refused_at_once(tmp_path: Path, name: str, declared: str) -> None:
    content = f"<!-- <{name}> --><!DOCTYPE {name} [{declared}]><{name}><p>{'&a;' * 1000}</p></{name}>"
    start = time.process_time()
    (found,) = taken(tmp_path, content)
    if found["problem"] is None:
        with pytest.raises(Rejected) as refused:
            capture.cleaned(found, {})
        assert refused.value.reason == "unsafe_xml"
    else:  # its document type is longer than what a format is told by
        assert found["problem"] == "unknown_xml"
    assert time.process_time() - start < 1


def test_a_dtd_that_is_named_is_never_loaded(tmp_path: Path) -> None:
    local = tmp_path / "nitf-3-4.dtd"
    local.write_text("this is no DTD: whoever loads it fails")
    named = samples.nitf().replace("nitf-3-4.dtd", f"file://{local}")
    assert article(tmp_path, named)["title"] == samples.TITLE


@settings(max_examples=100)
@given(
    st.sampled_from([samples.nitf(), samples.news_item(), samples.news_message(samples.news_item()), samples.ninjs()]),
    st.integers(0, 2000),
    st.binary(max_size=10),
)
def test_any_bytes_give_pieces_and_documents_or_the_declared_errors(sample: str, at: int, noise: bytes) -> None:
    content = sample.encode()[:at] + noise + sample.encode()[at:]
    found = []
    try:
        found = list(registry.read(io.BufferedReader(io.BytesIO(content)), LIMIT))
    except BrokenContainerError:
        return
    assert found
    for piece in found:
        if piece.problem is None and piece.media_type != "text/plain":
            with suppress(Rejected):
                capture.document(captured(piece.content, piece.media_type), {})


def test_messages_are_told_from_other_xml() -> None:
    assert newsml.is_newsml(samples.news_message().encode())
    assert not newsml.is_newsml(b"<newsItems/>")
