"""Files as captures: every file ends in at least one, whatever is in it."""

import gzip
import io
import json
import os
import subprocess
import sys
import tarfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipelines.ingest.files import captures, find
from pipelines.ingest.registry import DEPTH
from pipelines.lake import arrow_table
from pipelines.schemas import TABLES, Capture
from tests.world import NOON

LIMIT = 2**20
WIRE = "OSTREVA (Sample Wire) - The harbour of Ostreva reopened on Monday after 12 days.\n\nFerries sail again.\n"
PAGE = b"<!DOCTYPE html><html><head><title>Ferries sail</title></head><body><p>Ferries sail again.</p></body></html>"


def read(folder: Path, content: bytes, name: str = "story.txt", limit: int = LIMIT) -> list[Capture]:
    file = folder / name
    file.write_bytes(content)
    return list(captures(file, NOON, limit))


def problems(found: Sequence[Capture]) -> list[str | None]:
    return [capture["problem"] for capture in found]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (WIRE.encode(), "text/plain"),
        (WIRE.encode("utf-16"), "text/plain"),
        ("Der Hafen von Ostreva öffnete am Montag.".encode("cp1252"), "text/plain"),
        (b"Wire feed \x01\x02 with its marks and a long enough line of plain words after them.", "text/plain"),
        (PAGE, "text/html"),
        (b"\xef\xbb\xbf" + PAGE, "text/html"),
        (PAGE.decode().encode("utf-16"), "text/html"),
        (b"  \n<div>Ferries sail again.</div>", "text/html"),
    ],
)
def test_one_file_is_one_capture_with_its_bytes(tmp_path: Path, content: bytes, kind: str) -> None:
    (found,) = read(tmp_path, content)
    assert (found["media_type"], found["problem"], found["content"]) == (kind, None, content)
    assert (found["source"], found["captured_at"]) == (str(tmp_path / "story.txt"), NOON)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        (bytes(range(256)) * 8, "binary"),
        (b"\x1f\x8b", "truncated_gzip"),
        (b"\x1f\x8b\x07" + b"\xff" * 50, "bad_gzip"),
        (gzip.compress(WIRE.encode(), mtime=0)[:-8] + bytes(8), "bad_gzip"),
        (gzip.compress(WIRE.encode(), mtime=0) + b"rest", "bad_gzip"),
        (WIRE.encode() * 20_000, "too_large"),
        (gzip.compress(WIRE.encode() * 20_000, mtime=0), "too_large"),
    ],
)
def test_what_cannot_be_read_is_a_capture_with_its_problem(tmp_path: Path, content: bytes, problem: str) -> None:
    (found,) = read(tmp_path, content)
    assert found["problem"] == problem
    assert found["detail"]
    assert found["content"] == (content if len(content) <= LIMIT else b"")


def test_a_packed_file_is_its_content(tmp_path: Path) -> None:
    (plain,) = read(tmp_path, WIRE.encode())
    (packed,) = read(tmp_path, gzip.compress(WIRE.encode()), "story.txt.gz")
    assert packed["capture_id"] == plain["capture_id"]
    twice = gzip.compress(WIRE.encode()[:40]) + gzip.compress(WIRE.encode()[40:])
    (members,) = read(tmp_path, twice, "members.gz")
    assert members["content"] == WIRE.encode()


def test_packing_is_followed_so_deep_and_no_deeper(tmp_path: Path) -> None:
    content = WIRE.encode()
    for _ in range(DEPTH):
        content = gzip.compress(content)
    assert problems(read(tmp_path, content)) == [None]
    assert problems(read(tmp_path, gzip.compress(content))) == ["nested"]


def test_a_gzip_cut_anywhere_is_told(tmp_path: Path) -> None:
    packed = gzip.compress(os.urandom(400).hex().encode() + WIRE.encode())
    for percent in range(5, 100, 5):
        cut = packed[: len(packed) * percent // 100]
        (found,) = read(tmp_path, cut)
        assert found["problem"] == "truncated_gzip", percent
        assert (found["content"], found["media_type"]) == (cut, "application/gzip")


def test_an_export_cut_anywhere_gives_its_whole_lines_and_says_that_it_is_cut(tmp_path: Path) -> None:
    lines = [json.dumps({"text": f"{WIRE} {os.urandom(200).hex()}"}).encode() for _ in range(30)]
    members = [gzip.compress(b"\n".join(lines[i : i + 10]) + b"\n") for i in range(0, 30, 10)]
    packed, bounds = b"".join(members), [len(members[0]), len(members[0] + members[1])]
    for size in [*(len(packed) * percent // 100 for percent in range(5, 100, 5)), *bounds]:
        found = read(tmp_path, packed[:size], "export.jsonl.gz")
        good = [c["content"] for c in found if c["problem"] is None]
        assert good == lines[: len(good)]
        if size in bounds:  # gzip's own end mark stands there: nothing can tell that members are missing
            assert len(found) == len(good) == 10 * (bounds.index(size) + 1)
        else:
            assert problems(found)[len(good) :] == ["truncated_gzip"]


def test_a_bomb_costs_no_more_than_the_limit(tmp_path: Path) -> None:
    zeros = gzip.compress(bytes(256 * 2**20))
    bomb = tmp_path / "bomb.txt.gz"
    bomb.write_bytes(gzip.compress(zeros))
    script = f"""
import resource
from pathlib import Path
from pipelines.ingest.files import captures
from tests.world import NOON
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
(found,) = captures(Path({str(bomb)!r}), NOON, {LIMIT})
print(found["problem"], resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    problem, kilobytes = done.stdout.split()
    assert problem == "too_large"
    assert int(kilobytes) < 32 * 1024


def test_an_empty_file_in_a_packed_one_is_empty(tmp_path: Path) -> None:
    assert problems(read(tmp_path, gzip.compress(b""))) == ["empty"]


def test_files_of_one_content_are_one_capture_and_empty_ones_are_not(tmp_path: Path) -> None:
    ids = [read(tmp_path, WIRE.encode(), name)[0]["capture_id"] for name in ("a.txt", "b.txt")]
    assert ids[0] == ids[1]
    empty = [read(tmp_path, b"", name)[0]["capture_id"] for name in ("a.txt", "b.txt", "a.txt")]
    assert empty[0] != empty[1]
    assert empty[0] == empty[2]


def test_what_cannot_be_opened_is_a_capture(tmp_path: Path) -> None:
    (found,) = captures(tmp_path / "gone.txt", NOON, LIMIT)
    assert (found["problem"], found["detail"]) == ("unreadable", "No such file or directory")


def test_a_failing_disk_is_a_capture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Failing(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, _buffer: object) -> int:
            raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "open", lambda *_: io.BufferedReader(Failing()))
    (found,) = captures(tmp_path / "a.txt", NOON, LIMIT)
    assert (found["problem"], found["detail"]) == ("unreadable", "Input/output error")


def test_a_name_that_is_no_text_can_be_kept(tmp_path: Path) -> None:
    for content in (WIRE.encode(), b""):
        (found,) = read(tmp_path, content, os.fsdecode(b"caf\xe9.txt"))
        assert found["source"].endswith(r"caf\xe9.txt")
        assert arrow_table(TABLES["raw/captures"], [found]).num_rows == 1


def test_of_a_folder_the_news_is_taken_and_the_rest_told(tmp_path: Path) -> None:
    for name in ("b.txt", "sub/deep/a.HTML", "sub/c.jsonl.gz", "notes.doc", ".hidden.txt", ".git/d.txt", "sub/e.htm"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "link.txt").symlink_to(tmp_path / "b.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    taken, left = find([tmp_path])
    assert [str(f.relative_to(tmp_path)) for f in taken] == ["b.txt", "sub/c.jsonl.gz", "sub/deep/a.HTML", "sub/e.htm"]
    assert [f.name for f in left] == ["notes.doc"]
    assert find([tmp_path / "notes.doc", tmp_path / "link.txt"]) == (
        [tmp_path / "notes.doc", tmp_path / "link.txt"],
        [],
    )


def test_a_path_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no such file or folder"):
        find([tmp_path, tmp_path / "gone"])


def _tar() -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name in (b"\xe9.txt", b"\xe8.png"):
            archive.addfile(tarfile.TarInfo(os.fsdecode(name)))
    return made.getvalue()


BEGINS = (
    b"",
    b"PK\x03\x04",
    b"WARC/1.0\r\n",
    b"%PDF-1.4\n",
    b"PAR1",
    b'[{"text":',
    b"title,text\n",
    _tar(),
    _tar()[:520],
)


@settings(max_examples=300)
@given(
    st.tuples(
        st.sampled_from(BEGINS), st.one_of(st.binary(max_size=300), st.binary(max_size=200).map(gzip.compress))
    ).map(b"".join),
    st.sampled_from([64, LIMIT]),
)
@example(b'{"a":', LIMIT)
@example(b'{"url": "\\ud800"}', LIMIT)
@example(b'{"a": 1}\n\n\xff\n[', LIMIT)
@example(b"{" + b'"a":{' * 50_000, LIMIT)
@example(gzip.compress(b'{"a": 1}\n' * 40), 64)
def test_any_bytes_end_in_at_least_one_capture_that_can_be_kept(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, limit: int
) -> None:
    found = read(tmp_path_factory.mktemp("any"), content, limit=limit)
    assert found
    assert arrow_table(TABLES["raw/captures"], found).num_rows == len(found)
    assert all(len(c["content"]) <= limit for c in found)
