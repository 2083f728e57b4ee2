"""JSON lines: each line a document, a broken one no hindrance to the next."""

import io
import json

import pytest

from pipelines.ingest.jsonl import is_jsonl, read
from pipelines.ingest.piece import Piece

LIMIT = 1000


def pieces(content: bytes, limit: int = LIMIT) -> list[Piece]:
    return list(read(io.BufferedReader(io.BytesIO(content)), limit))


def test_each_line_is_a_document_where_it_stands() -> None:
    found = pieces(b'{"text": "one"}\n\n  \r\n{"text": "two", "url": "https://post.example/2"}\r\n{"text": "three"}')
    assert [(p.place, p.url, p.problem) for p in found] == [
        ("#L1", None, None),
        ("#L4", "https://post.example/2", None),
        ("#L5", None, None),
    ]
    assert [p.content for p in found][::2] == [b'{"text": "one"}', b'{"text": "three"}']


def test_the_last_line_is_the_same_document_with_and_without_its_end() -> None:
    assert pieces(b'{"text": "one"}\n') == pieces(b'{"text": "one"}') == pieces(b'{"text": "one"}\r\n')


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"{not json", "Expecting property name"),
        (b'["a", "list"]', "no JSON object"),
        (b"7", "no JSON object"),
        (b'{"text": "\xff"}', "codec can't decode"),
        (b'{"a":' * 199, "Expecting"),
        (b'{"n": ' + b"9" * 900 + b"}x", "Extra data"),
    ],
)
def test_a_broken_line_is_told_and_the_next_is_read(line: bytes, said: str) -> None:
    broken, good = pieces(line + b'\n{"text": "good"}\n')
    assert (broken.problem, broken.content, broken.place) == ("bad_json", line, "#L1")
    assert said in (broken.detail or "")
    assert (good.problem, good.place) == (None, "#L2")


def test_nesting_too_deep_is_told() -> None:
    (found,) = pieces(b'{"a":' * 100_000, 10**6)
    assert (found.problem, found.detail) == ("bad_json", "nested too deep")


@pytest.mark.parametrize("length", [LIMIT + 1, LIMIT + 2, 2 * LIMIT, 2 * LIMIT + 2, 5 * LIMIT])
@pytest.mark.parametrize("filler", [b"x", b" "])
def test_a_line_over_the_limit_is_passed_over_whole(length: int, filler: bytes) -> None:
    found = pieces(b'{"text": "' + filler * length + b'\n{"text": "good"}\n')
    assert [(p.problem, p.place) for p in found] == [("too_large", "#L1"), (None, "#L2")]
    blank = pieces(b" " * length + b'\n{"text": "good"}\n')
    assert [(p.problem, p.place) for p in blank] == [(None, "#L2")]


def test_an_address_that_is_no_text_is_mended() -> None:
    (found,) = pieces(b'{"text": "one", "url": "https://post.example/\\ud83d"}')
    assert found.url == "https://post.example/?"
    assert [p.url for p in pieces(b'{"url": ""}\n{"url": 7}\n{"url": null}')] == [None, None, None]


@pytest.mark.parametrize("head", [b'{"text": 1}', b' \n {\n "text": 1}', b"\xef\xbb\xbf{}", b'{ "a'])
def test_json_lines_are_told_by_their_first_bytes(head: bytes) -> None:
    assert is_jsonl(head)


@pytest.mark.parametrize("head", [b"", b"{", b"{Ostreva} reopened", b"[1]", b"Ostreva", b"<html>"])
def test_other_files_are_not_taken_for_json_lines(head: bytes) -> None:
    assert not is_jsonl(head)


def test_a_byte_order_mark_does_not_hurt_the_first_line() -> None:
    (found,) = pieces(b"\xef\xbb\xbf" + json.dumps({"text": "Ostreva"}).encode())
    assert found.problem is None
