"""Zip, tar, bzip2 and xz: files of any format inside, wherever they stand; what is broken is told, the rest is read."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.ingest.piece import BrokenContainerError, Piece
from pipelines.ingest.registry import read
from tests.unit.ingest.warcs import crawl, packed, page

LIMIT = 2**20
FILES = {
    "a/story.txt": b"OSTREVA - The harbour of Ostreva reopened on Monday.",
    "a/page.html": page(1),
    "export.jsonl": b'{"text": "Ferry one sails."}\n{"text": "Ferry two sails."}\n',
    "crawl.warc.gz": packed(crawl([2])),
}
PLACES = ["!a/story.txt", "!a/page.html", "!export.jsonl#L1", "!export.jsonl#L2", "!crawl.warc.gz#R3"]
Pack = Callable[[Mapping[str, bytes]], bytes]


class Unseekable(io.RawIOBase):
    """What an archive is written to as servers send it: sizes stand behind the members."""

    def __init__(self) -> None:
        self.content = b""

    def writable(self) -> bool:
        return True

    def write(self, part: object) -> int:
        self.content += bytes(part)  # type: ignore[call-overload]
        return len(part)  # type: ignore[arg-type]


def zipped(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def sent(files: Mapping[str, bytes]) -> bytes:
    made = Unseekable()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.content


def tarred(files: Mapping[str, bytes], mode: str = "w", kind: int = tarfile.PAX_FORMAT) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode=mode, format=kind) as archive:  # type: ignore[call-overload]
        for name, content in files.items():
            about = tarfile.TarInfo(name)
            about.size = len(content)
            archive.addfile(about, io.BytesIO(content))
    return made.getvalue()


def pieces(content: bytes, limit: int = LIMIT) -> list[Piece]:
    """What is read, and as the last piece what it breaks off with, as `files.captures` has it."""
    found: list[Piece] = []
    try:
        found.extend(read(io.BufferedReader(io.BytesIO(content)), limit))
    except BrokenContainerError as broken:
        found.append(Piece(b"", "application/octet-stream", problem=broken.problem, detail=broken.detail))
    return found


def problems(found: list[Piece]) -> list[tuple[str, str | None]]:
    return [(p.place, p.problem) for p in found if p.problem]


@pytest.mark.parametrize(
    "pack",
    [
        zipped,
        sent,
        lambda files: zipped(files, zipfile.ZIP_STORED),
        lambda files: zipped(files, zipfile.ZIP_BZIP2),
        tarred,
        lambda files: tarred(files, kind=tarfile.GNU_FORMAT),
        lambda files: tarred(files, kind=tarfile.USTAR_FORMAT),
        lambda files: tarred(files, "w:gz"),
        lambda files: tarred(files, "w:bz2"),
        lambda files: tarred(files, "w:xz"),
        lambda files: gzip.compress(zipped(files)),
        lambda files: lzma.compress(tarred(files)) + lzma.compress(b""),
    ],
)
def test_all_that_is_inside_is_read_where_it_stands(pack: Pack) -> None:
    found = pieces(pack(FILES))
    assert [p.place for p in found] == PLACES
    assert problems(found) == []
    assert [found[0].content, found[1].content, found[4].content] == [FILES["a/story.txt"], page(1), page(2)]


def test_a_packed_file_needs_no_archive() -> None:
    for pack in (bz2.compress, lzma.compress, gzip.compress):
        assert [p.content for p in pieces(pack(page(1)))] == [page(1)]
    assert [p.content for p in pieces(bz2.compress(b"one ") + bz2.compress(b"two"))] == [b"one two"]


def test_archives_inside_archives_are_followed_so_deep_and_no_deeper() -> None:
    inner = zipped({"x.txt": b"Ferries sail again."})
    twice = tarred({"in.zip": inner})
    assert [p.place for p in pieces(zipped({"mid.tar": twice}))] == ["!mid.tar!in.zip!x.txt"]
    found = pieces(zipped({"out.zip": zipped({"mid.tar": twice}), "y.txt": b"Ferries sail."}))
    assert [(p.place, p.problem) for p in found] == [("!out.zip!mid.tar!in.zip", "nested"), ("!y.txt", None)]


def test_names_are_places_and_nothing_else() -> None:
    names = ["../../etc/passwd.txt", "/abs.txt", "c:\\win.txt", "ü.txt", "x" * 300 + ".txt"]
    for pack in (zipped, sent, tarred, lambda files: tarred(files, kind=tarfile.GNU_FORMAT)):
        found = pieces(pack(dict.fromkeys(names, b"Ferries sail again.")))
        assert [p.place for p in found] == [f"!{name}" for name in names]


def test_what_is_not_named_as_news_is_told_once() -> None:
    files = {"a.txt": b"Ferries sail.", "b.png": b"\x89PNG", ".c.txt": b"x", "__MACOSX/._a.txt": b"x", "d.TXT": b"Too."}
    for pack in (zipped, sent, tarred):
        found = pieces(pack(files))
        assert [p.place for p in found] == ["!a.txt", "!d.TXT", "#left"]
        assert (found[2].problem, found[2].detail) == (
            "left_out",
            "3 files whose names are not of a news format: b.png, .c.txt, __MACOSX/._a.txt",
        )


def test_office_documents_are_told_from_archives() -> None:
    for first in ("[Content_Types].xml", "mimetype"):
        assert problems(pieces(zipped({first: b"x", "word/document.txt": b"x"}))) == [("", "binary")]


def test_encrypted_and_strangely_packed_files_are_told_and_the_rest_is_read() -> None:
    content = bytearray(zipped(FILES))
    content[6] |= 1
    assert [p.place for p in pieces(bytes(content)) if not p.problem] == PLACES[1:]
    assert problems(pieces(bytes(content))) == [("!a/story.txt", "encrypted")]
    content[6], content[8] = 0, 93
    assert problems(pieces(bytes(content))) == [("!a/story.txt", "unknown_coding")]


@pytest.mark.parametrize("pack", [zipped, sent])
def test_a_damaged_file_in_a_zip_is_told_and_the_rest_is_read(pack: Pack) -> None:
    whole = pack(FILES)
    begin = whole.index(b"page.html") + len(b"page.html")
    for at in range(begin, begin + 200, 7):
        content = bytearray(whole)
        content[at] ^= 0xFF
        found = pieces(bytes(content))
        assert [p.place for p in found if not p.problem and p.place != "!a/page.html"] == [*PLACES[:1], *PLACES[2:]], at
        assert ("!a/page.html", "bad_zip") in problems(found), at


def test_a_damaged_header_in_a_tar_is_told_and_the_rest_is_read() -> None:
    content = bytearray(tarred(FILES, kind=tarfile.USTAR_FORMAT))
    content[1024 + 3] ^= 0xFF
    found = pieces(bytes(content))
    assert [p.place for p in found if not p.problem] == [PLACES[0], *PLACES[2:]]
    assert problems(found) == [("", "bad_tar")]


@pytest.mark.parametrize(
    ("pack", "told"),
    [
        (zipped, {"truncated_zip"}),
        (sent, {"truncated_zip"}),
        (lambda files: zipped(files, zipfile.ZIP_STORED), {"truncated_zip"}),
        (tarred, {"truncated_tar"}),
        (lambda files: tarred(files, "w:gz"), {"truncated_gzip"}),
        (lambda files: tarred(files, "w:bz2"), {"truncated_bz2"}),
        (lambda files: tarred(files, "w:xz"), {"truncated_xz"}),
    ],
)
def test_an_archive_cut_anywhere_gives_what_came_before_and_one_problem(pack: Pack, told: set[str]) -> None:
    files = {f"{n}.txt": page(n) for n in range(4)}
    whole = pack(files)
    before = 0
    for cut in range(12, len(whole), 5):
        found = pieces(whole[:cut])
        good = [p.content for p in found if not p.problem]
        assert good == [page(n) for n in range(len(good))], cut
        assert len(good) >= before, cut
        before = len(good)
        if len(whole) - cut > 10_240 or told != {"truncated_tar"}:  # tar ends with blocks of padding
            assert {p.problem for p in found if p.problem} <= told | {"empty", "binary"}, cut
            assert len(problems(found)) == 1, cut
    assert before == 4


def test_bombs_end_at_the_limit() -> None:
    lines = b'{"a": 1}\n' * 10**7
    found = pieces(zipped({"bomb.jsonl": lines, "after.txt": b"x"}))
    assert found[-1].problem == "bomb"
    assert len(found) < 10**6
    zeros = pieces(zipped({"zeros.txt": bytes(100 * LIMIT), "after.txt": b"Ferries sail."}))
    assert next((p.place, p.problem) for p in zeros) in [("!zeros.txt", "too_large"), ("!zeros.txt", "bomb")]
    tarred_zeros = pieces(tarred({"zeros.txt": bytes(3 * LIMIT), "after.txt": b"Ferries sail."}, "w:gz"))
    assert [(p.place, p.problem) for p in tarred_zeros] == [("!zeros.txt", "too_large"), ("!after.txt", None)]


BEGINS = [b"PK\x03\x04", zipped(FILES)[:60], zipped(FILES)[:600], sent(FILES)[:600], tarred(FILES)[:700]]


@settings(max_examples=400)
@given(
    st.binary(max_size=600),
    st.sampled_from([*BEGINS, bz2.compress(page(1)), lzma.compress(page(1)), b"BZh91AY&SY", b"\xfd7zXZ\x00"]),
)
def test_any_bytes_give_pieces_or_the_declared_error(content: bytes, begin: bytes) -> None:
    found = pieces(begin + content, 2000)
    assert found
    assert all(p.problem is None or p.detail for p in found)


@settings(max_examples=200)
@given(st.data())
def test_any_damage_gives_pieces_or_the_declared_error(data: st.DataObject) -> None:
    whole = bytearray(data.draw(st.sampled_from([zipped(FILES), sent(FILES), tarred(FILES), tarred(FILES, "w:xz")])))
    for _ in range(3):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at] = data.draw(st.integers(0, 255))
    assert pieces(bytes(whole))
