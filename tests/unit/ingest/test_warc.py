"""WARC: every whole record is given, and whatever is wrong is told once."""

import base64
import gzip
import hashlib
import io
import tracemalloc
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import accumulate, pairwise

import brotli
import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.ingest.digest import fits
from pipelines.ingest.piece import BrokenContainerError, Piece
from pipelines.ingest.registry import read
from tests.unit.ingest.warcs import crawl, digested, packed, page, record, request, response, sha1

LIMIT = 2**20


def pieces(content: bytes, limit: int = LIMIT) -> list[Piece]:
    """What is read, and as the last piece what it breaks off with, as `files.captures` has it."""
    found: list[Piece] = []
    try:
        found.extend(read(io.BufferedReader(io.BytesIO(content)), limit))
    except BrokenContainerError as broken:
        found.append(Piece(b"", "application/octet-stream", problem=broken.problem, detail=broken.detail))
    return found


def problems(found: list[Piece]) -> list[str | None]:
    return [p.problem for p in found if p.problem]


def good(found: list[Piece]) -> list[bytes]:
    return [p.content for p in found if not p.problem]


def chunked(content: bytes) -> bytes:
    parts = b"".join(b"%x;name=value\r\n%s\r\n" % (len(part), part) for part in (content[:7], content[7:]))
    return parts + b"0\r\n\r\n"


@pytest.mark.parametrize("pack", [packed, b"".join, lambda records: gzip.compress(b"".join(records))])
def test_pages_come_with_when_and_where_from(pack: object) -> None:
    found = pieces(pack(crawl(range(3))))  # type: ignore[operator]
    assert [p.content for p in found] == [page(n) for n in range(3)]
    assert [p.url for p in found] == [f"https://post.example/{n}" for n in range(3)]
    assert {p.captured_at for p in found} == {datetime(2026, 3, 1, 9, 30, tzinfo=UTC)}
    assert {(p.media_type, p.content_type, p.problem, p.stated) for p in found} == {
        ("text/html", "text/html; charset=utf-8", None, None)
    }
    assert [p.place for p in found] == ["#R3", "#R5", "#R7"]


def test_the_payloads_are_those_that_a_library_reads() -> None:
    content = packed(
        [*crawl(range(20)), response(90, status="404"), digested(91, b"Ostreva", "Content-Type: text/plain\r\n")]
    )
    records = ArchiveIterator(io.BytesIO(content), record_types=WarcRecordType.response)
    read_by_it = [r.reader.read() for r in records if r.http_headers.status_code == 200]
    assert good(pieces(content)) == read_by_it


@pytest.mark.parametrize(
    ("head", "kept"),
    [
        ("", lambda content: content),
        ("Transfer-Encoding: chunked\r\n", chunked),
        ("Content-Encoding: gzip\r\n", gzip.compress),
        ("Content-Encoding: x-gzip\r\nTransfer-Encoding: Chunked\r\n", lambda content: chunked(gzip.compress(content))),
        ("Content-Encoding: deflate\r\n", zlib.compress),
        ("Content-Encoding: deflate\r\n", lambda content: zlib.compress(content)[2:-4]),
        ("Content-Encoding: br\r\n", brotli.compress),
        ("Content-Encoding: gzip, br\r\n", lambda content: brotli.compress(gzip.compress(content))),
        # as in Common Crawl's archives until May 2019: unpacked, but with the headers of the packed
        ("Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", lambda content: content),
        ("Content-Encoding: br\r\n", lambda content: content),
        ("Content-Encoding: deflate\r\n", lambda content: content),
        ("Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", gzip.compress),
    ],
)
def test_a_body_is_as_a_browser_would_read_it(head: str, kept: object) -> None:
    body = kept(page(1))  # type: ignore[operator]
    for label in (sha1(body), sha1(page(1)), ""):
        (found,) = pieces(response(1, body, head=f"Content-Type: text/html\r\n{head}", WARC_Payload_Digest=label))
        assert (found.content, found.problem, found.stated) == (page(1), None, None)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("Content-Encoding: gzip\r\n", gzip.compress(page(1), mtime=0)[:-30]),
        ("Transfer-Encoding: chunked\r\n", chunked(page(1))[:-40]),
        ("Content-Encoding: br\r\n", brotli.compress(page(1) * 50)[:-3]),
        ("Content-Encoding: gzip\r\n", gzip.compress(page(1), mtime=0)[:-8] + b"damaged!"),
    ],
)
def test_a_body_that_breaks_off_is_given_so_far_and_flagged(head: str, body: bytes) -> None:
    (found,) = pieces(response(1, body, head=f"Content-Type: text/html\r\n{head}"))
    assert (found.problem, found.stated) == (None, '{"flags": ["truncated"]}')
    assert (page(1) * 50).startswith(found.content)
    assert len(found.content) > 100


@pytest.mark.parametrize("reason", ["length", "time", "disconnect"])
def test_what_the_crawler_cut_off_is_flagged(reason: str) -> None:
    (found,) = pieces(response(1, page(1)[:-60], WARC_Truncated=reason, WARC_Payload_Digest=sha1(page(1))))
    assert (found.problem, found.stated) == (None, '{"flags": ["truncated"]}')


def test_what_is_no_news_is_counted() -> None:
    found = pieces(
        packed(
            [
                *crawl([1]),
                response(2, status="404"),
                response(3, status="404"),
                response(4, status="301"),
                response(5, b"\x89PNG", head="Content-Type: image/png\r\n"),
                record("revisit", b"", n=6),
                response(
                    8,
                    b"User-agent: *",
                    head="Content-Type: text/plain\r\n",
                    WARC_Target_URI="https://a.example/robots.txt",
                ),
                record("resource", b"the crawler's log", "text/plain", WARC_Target_URI="metadata://tool.example/log"),
                request(7),
            ]
        )
    )
    assert good(found) == [page(1)]
    assert (found[1].problem, found[1].place) == ("left_out", "#left")
    assert (
        "2 of status 404, 1 of status 301, 1 of type image/png, 1 of type revisit, 1 of rules for robots, 1 with no"
        in (found[1].detail or "")
    )
    assert problems(pieces(packed(crawl([])))) == ["left_out"]


@pytest.mark.parametrize(
    ("head", "body", "media"),
    [
        ("Content-Type: text/plain\r\n", b"Ferries sail again.", "text/plain"),
        ("Content-Type: text/plain\r\n", page(1), "text/html"),
        ("Content-Type: application/xhtml+xml\r\n", page(1), "text/html"),
        ("Content-Type: TEXT/HTML\r\n", b"Ferries sail again.", "text/html"),
        ("Content-Type: application/pdf\r\n", b"%PDF-1.4 and so on", "application/pdf"),
        ("Content-Type: text/html\r\n", b"%PDF-1.4 and so on", "application/pdf"),
        ("Server: none\r\n", page(1), "text/html"),
    ],
)
def test_what_a_document_is(head: str, body: bytes, media: str) -> None:
    (found,) = pieces(response(1, body, head=head))
    assert (found.content, found.media_type, found.problem) == (body, media, None)


def test_texts_that_stand_by_themselves_are_taken() -> None:
    found = pieces(
        packed(
            [record("conversion", b"Ferries sail again.", "text/plain", 1), record("resource", page(2), "text/html", 2)]
        )
    )
    assert [(p.content, p.media_type) for p in found] == [
        (b"Ferries sail again.", "text/plain"),
        (page(2), "text/html"),
    ]


@pytest.mark.parametrize("label", ["WARC_Payload_Digest", "WARC_Block_Digest"])
def test_changed_bytes_are_told(label: str) -> None:
    (found,) = pieces(response(1, None, **{label: sha1(b"other")}))
    assert (found.problem, found.content) == ("bad_digest", page(1))
    assert problems(pieces(response(1, None, **{label: "crc32:abc"}))) == []


@pytest.mark.parametrize(
    "spelled", [bytes.hex, lambda d: base64.b32encode(d).decode().lower(), lambda d: base64.b64encode(d).decode()]
)
@pytest.mark.parametrize("algorithm", ["md5", "sha1", "SHA-256", "sha512"])
def test_digests_are_read_as_tools_spell_them(algorithm: str, spelled: Callable[[bytes], str]) -> None:
    found = [
        fits(f"{algorithm}:{spelled(hashlib.new(algorithm.replace('-', ''), content).digest())}", [b"Ostreva"])
        for content in (b"Ostreva", b"Aurel")
    ]
    assert found == [True, False]
    assert fits(f"{algorithm}:?", [b"Ostreva"]) is None


def test_what_cannot_be_unpacked_or_is_too_large_is_told() -> None:
    (found,) = pieces(response(1, head="Content-Type: text/html\r\nContent-Encoding: zstd\r\n"))
    assert (found.problem, found.detail) == ("unknown_coding", "the page is packed as 'zstd', which is not read")
    bomb = response(1, gzip.compress(bytes(100 * LIMIT)), head="Content-Type: text/html\r\nContent-Encoding: gzip\r\n")
    assert problems(pieces(bomb + response(2))) == ["too_large"]
    bomb = response(1, brotli.compress(bytes(100 * LIMIT)), head="Content-Type: text/html\r\nContent-Encoding: br\r\n")
    assert problems(pieces(bomb + response(2))) == ["too_large"]
    large = pieces(response(1, bytes(2 * LIMIT)) + response(2), LIMIT)
    assert (problems(large), good(large)) == (["too_large"], [page(2)])
    assert problems(pieces(response(1, b"  "))) == ["empty"]


@pytest.mark.parametrize("is_packed", [True, False])
def test_an_archive_cut_anywhere_gives_its_whole_records_and_one_problem(is_packed: bool) -> None:  # noqa: FBT001
    records = crawl(range(9))
    members = [gzip.compress(one) if is_packed else one for one in records]
    whole = b"".join(members)
    ends = set(accumulate(map(len, members)))
    cuts = {len(whole) * percent // 100 for percent in range(5, 100, 5)} | ends | set(range(1, len(whole), 13))
    for cut in cuts:
        found = pieces(whole[:cut])
        told = [p for p in problems(found) if p != "left_out"]
        kept = [n for n, (begin, end) in enumerate(pairwise([0, *accumulate(map(len, members))])) if end <= cut]
        pages = [page(n // 2 - 1) for n in kept if n and n % 2 == 0]
        assert good(found)[: len(pages)] == pages
        assert len(good(found)) - len(pages) <= 1  # a whole record may lack its end mark alone
        if cut in ends:  # nothing tells there that records are missing
            assert told == []
        elif cut > 2:
            assert len(told) == 1, cut
            assert told[0] in ("truncated_gzip", "truncated_warc")


@pytest.mark.parametrize("is_packed", [True, False])
def test_behind_damage_the_next_record_is_read(is_packed: bool) -> None:  # noqa: FBT001
    records = [digested(n) for n in range(9)]
    members = [gzip.compress(one) if is_packed else one for one in records]
    begin = sum(map(len, members[:4]))
    for at in range(begin + 1, begin + len(members[4]) - 30, 17):
        content = bytearray(b"".join(members))
        content[at : at + 20] = bytes(255 - b for b in content[at : at + 20])
        found = pieces(bytes(content))
        assert good(found)[:4] == [page(n) for n in range(4)], at
        behind = [page(n) for n in range(5, 9)]
        # Without members, a record whose length or end of header is damaged may swallow the next one.
        assert good(found)[-4:] == behind or (not is_packed and good(found)[-3:] == behind[1:] and problems(found)), at
        assert len(good(found)) + len(problems(found)) >= 8 + is_packed, at


def test_a_length_that_is_none_is_told_and_passed_over() -> None:
    for bad in ("x", "", "-5", "9" * 30):
        found = pieces(response(1) + response(2, Content_Length=bad) + response(3))
        assert good(found) == [page(1), page(3)]
        assert problems(found) == ["bad_warc"]
    short = pieces(response(1) + response(2, Content_Length="150") + response(3))
    assert (good(short)[0], good(short)[-1], problems(short)) == (page(1), page(3), ["bad_warc"])


@settings(max_examples=300)
@given(st.binary(max_size=400), st.sampled_from([b"WARC/1.0\r\n", response(1)[:200], b""]), st.booleans())
def test_any_bytes_give_pieces_or_the_declared_error(content: bytes, begin: bytes, is_packed: bool) -> None:  # noqa: FBT001
    whole = begin + content
    whole = gzip.compress(whole[:-20]) + whole[-20:] if is_packed else whole
    found = pieces(whole, 300)
    assert found
    found = pieces(response(7) + b"WARC/" + whole, 300)
    assert all(len(p.content) <= 300 or p.problem for p in found)
    assert found


@settings(max_examples=300)
@given(
    st.binary(max_size=300), st.sampled_from(["gzip", "deflate", "br", "gzip, br", "identity", "zstd"]), st.booleans()
)
def test_any_body_gives_a_piece(content: bytes, coding: str, is_chunked: bool) -> None:  # noqa: FBT001
    head = f"Content-Type: text/html\r\nContent-Encoding: {coding}\r\n" + "Transfer-Encoding: chunked\r\n" * is_chunked
    (found,) = pieces(response(1, content, head=head), 500)
    assert len(found.content) <= 800


def test_a_long_archive_takes_no_more_memory_than_a_short_one() -> None:
    peaks = []
    for count in (2000, 8000):
        content = packed(crawl(range(count)))
        tracemalloc.start()
        assert sum(1 for _ in read(io.BufferedReader(io.BytesIO(content)), LIMIT)) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.3 * peaks[0]
