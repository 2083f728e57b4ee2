"""JSON documents: each article with its bytes, however the list stands in the document and however long it is."""

import gzip
import io
import json
import tracemalloc
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.ingest.json_document import is_json
from pipelines.ingest.piece import BrokenContainerError, Piece
from pipelines.ingest.registry import read

LIMIT = 2**20
ONE = {
    "title": "Ferries sail",
    "text": 'The harbour "reopened" [12] {days} \\ later, she said: "Ja."',
    "tags": ["a", {"b": []}],
}
TWO = {"title": "Ferries sail again", "text": "Für 90 Leute.", "url": "https://post.example/2"}


def pieces(content: bytes, limit: int = LIMIT) -> list[Piece]:
    """What is read, and as the last piece what it breaks off with, as `files.captures` has it."""
    found: list[Piece] = []
    try:
        found.extend(read(io.BufferedReader(io.BytesIO(content)), limit))
    except BrokenContainerError as broken:
        found.append(Piece(b"", "application/octet-stream", problem=broken.problem, detail=broken.detail))
    return found


def objects(found: list[Piece]) -> list[Any]:
    return [json.loads(p.content) for p in found if not p.problem]


@pytest.mark.parametrize(
    "document",
    [
        [ONE, TWO],
        {"articles": [ONE, TWO]},
        {"status": "ok", "totalResults": 2, "articles": [ONE, TWO]},
        {"items": [ONE, TWO], "next": None},
        {"response": {"status": "ok", "docs": [ONE, TWO], "meta": {"items": 3}}},
        {"data": [ONE, TWO], "links": [{"a": 1}]},
        {"The Ostreva Post": [ONE], "The Island Mail": [], "The Brone Mail": [TWO]},  # as Fundus saves them
    ],
)
@pytest.mark.parametrize("indent", [None, 1, 4])
def test_the_articles_of_a_list_are_given_wherever_it_stands(document: Any, indent: int | None) -> None:
    for content in (
        json.dumps(document, indent=indent),
        json.dumps(document, indent=indent, ensure_ascii=False) + "\n",
    ):
        for packed in (content.encode(), b"\xef\xbb\xbf" + content.encode(), gzip.compress(content.encode())):
            found = pieces(packed)
            assert objects(found) == [ONE, TWO]
            assert [(p.place, p.url, p.media_type) for p in found] == [
                ("#1", None, "application/json"),
                ("#2", "https://post.example/2", "application/json"),
            ]
            assert all(p.content in content.encode() for p in found)


@pytest.mark.parametrize("indent", [1, None])
def test_an_article_alone_is_the_document(indent: int | None) -> None:
    for one in (
        ONE,
        TWO,
        {"text": "Ninety came.", "items": [{"a": 1}]},
        {"title": "none", "images": [{"a": 1}]},
        {"images": [{"a": 1}]},
    ):
        (found,) = pieces(json.dumps(one, indent=indent).encode())
        assert objects([found]) == [one]
        assert found.place == ("" if indent else "#L1")


def test_articles_one_behind_the_other_are_read() -> None:
    found = pieces(b"\n".join(json.dumps(one, indent=2).encode() for one in (ONE, TWO, ONE)))
    assert (objects(found), [p.place for p in found]) == ([ONE, TWO, ONE], ["", "#2", "#3"])


def test_json_lines_are_still_read_by_lines() -> None:
    found = pieces(b'{"text": "one"}\n{"broken\n{"text": "two"}\n')
    assert [(p.place, p.problem) for p in found] == [("#L1", None), ("#L2", "bad_json"), ("#L3", None)]
    found = pieces(b'{"text": "broken\n{"text": "two"}\n')
    assert [(p.place, p.problem) for p in found] == [("#L1", "bad_json"), ("#L2", None)]


def test_what_is_no_article_is_told_and_the_rest_is_read() -> None:
    found = pieces(b'[{"text": "one"}, 7, null, {"text": nul}, [1], "x", {"text": "two"}]')
    assert objects(found) == [{"text": "one"}, {"text": "two"}]
    assert [(p.place, p.problem, p.content) for p in found if p.problem] == [
        ("#2", "bad_json", b"7"),
        ("#3", "bad_json", b"null"),
        ("#4", "bad_json", b'{"text": nul}'),
        ("#5", "bad_json", b"[1]"),
        ("#6", "bad_json", b'"x"'),
    ]
    assert [p.problem for p in pieces(b"[]")] == ["empty"]
    assert [p.problem for p in pieces(b'{"articles": [], "n": 0}')] == ["empty"]


@pytest.mark.parametrize("rest", [b"x", b"}", b', {"a": 1}', b'"a"'])
def test_what_follows_the_end_is_told(rest: bytes) -> None:
    found = pieces(b'[{"text": "one"}] ' + rest)
    assert (objects(found), found[-1].problem) == ([{"text": "one"}], "bad_json")


def test_an_article_over_the_limit_is_passed_over() -> None:
    for filler in ("x" * 5000, '\\"' * 3000, "\\" * 3001, [{"a": "b"}] * 900):
        content = json.dumps([ONE, {"text": filler}, TWO]).encode()
        found = pieces(content, 1000)
        assert [(p.place, p.problem) for p in found] == [("#1", None), ("#2", "too_large"), ("#3", None)], filler[:9]
    (alone,) = pieces(json.dumps({"title": "x", "text": "y" * 5000}, indent=1).encode(), 1000)
    assert alone.problem == "too_large"


def test_a_document_cut_anywhere_gives_its_whole_articles_and_one_problem() -> None:
    for document in ([ONE, TWO, ONE], {"status": "ok", "articles": [ONE, TWO, ONE]}):
        whole = json.dumps(document, indent=1).encode()
        seen = 0
        for cut in range(40, len(whole)):
            found = pieces(whole[:cut])
            assert objects(found) == [ONE, TWO, ONE][: len(objects(found))]
            assert len(objects(found)) >= seen
            seen = len(objects(found))
            assert [p.problem for p in found if p.problem] == ["truncated_json"], cut
        assert seen == 3


def test_a_long_list_takes_no_more_memory_than_a_short_one() -> None:
    peaks = []
    for count in (2_000, 10_000):
        content = json.dumps([{"text": f"{n} " + "Ferries sail again. " * 20} for n in range(count)]).encode()
        tracemalloc.start()
        assert sum(1 for _ in read(io.BufferedReader(io.BytesIO(content)), LIMIT)) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.5 * peaks[0]


@pytest.mark.parametrize(
    "head", [b"", b"{", b"[Ostreva] reopened", b"[1]", b'{"a": 1}', b'{"a": 1}\n{"b": 2}', b"{x}", b"[ "]
)
def test_other_files_are_not_taken_for_json_documents(head: bytes) -> None:
    assert not is_json(head)


@settings(max_examples=300)
@given(
    st.one_of(st.binary(max_size=200), st.text('{}[],:"\\ax1 \n', max_size=80).map(str.encode)),
    st.sampled_from([b"[{", b'{\n"a":', b'{"articles": [{', b""]),
    st.sampled_from([20, LIMIT]),
)
def test_any_bytes_give_pieces_or_the_declared_error(content: bytes, begin: bytes, limit: int) -> None:
    found = pieces(begin + content, limit)
    assert found
    assert all(len(p.content) <= limit for p in found)


@settings(max_examples=200)
@given(
    st.lists(
        st.dictionaries(
            st.text(max_size=5), st.recursive(st.none() | st.integers() | st.text(), st.lists, max_leaves=5)
        ),
        min_size=1,
        max_size=6,
    )
)
def test_any_list_gives_its_elements(documents: list[dict[str, Any]]) -> None:
    assert objects(pieces(json.dumps(documents).encode())) == documents
    assert all(a != b for a, b in pairwise(p.place for p in pieces(json.dumps(documents).encode())))
