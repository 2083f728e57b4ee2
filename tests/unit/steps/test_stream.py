"""`dateline extract`: every line has its answer, in order, and no line stops the stream."""

import json
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipelines.settings import Settings
from pipelines.steps.stream import METADATA, extract, to_json

LIMITS = Settings(workers=1)
STORY = (
    "The harbour of Ostreva reopened on Monday after twelve days of storm, and the first ferries carried grain "
    "to the islands before noon.\n\nThe harbour master said that 40 ships were waiting outside for their turn.\n"
)
FIELDS = [
    "doc_id",
    "url",
    *METADATA,
    "text",
    "sentences",
    "mentions",
    "roles",
    "quantities",
    "times",
    "quotes",
    "claims",
]

pytestmark = pytest.mark.usefixtures("in_process")


def run(records: Iterable[Any], *, body: bool = False) -> list[dict[str, Any]]:
    lines = [r if isinstance(r, str | bytes) else json.dumps(r) for r in records]
    return list(extract(lines, LIMITS, body=body))


def test_answers_come_in_order_with_errors_in_their_place() -> None:
    records = [
        "{broken",
        {"doc_id": 1, "text": STORY},
        {"doc_id": 2},
        {"doc_id": 3, "text": "", "html": None},
        {"doc_id": 4, "html": f"<html><body><p>{STORY.replace(chr(10), '</p><p>')}</p></body></html>"},
        {"doc_id": 5, "text": "x", "html": "x"},
        *({"doc_id": n, "text": STORY} for n in range(6, 40)),
        "[]",
    ]
    found = run(records)
    assert [f["doc_id"] for f in found] == [None, *range(1, 40), None]
    assert [f["doc_id"] for f in found if "error" in f] == [None, 2, 3, 5, None]
    assert found[0]["error"].startswith("not JSON")
    assert found[-1]["error"] == "not a JSON object"
    assert list(found[1]) == FIELDS


def test_blank_lines_are_no_documents() -> None:
    assert [f["doc_id"] for f in run(["", " \n", b"\n", {"doc_id": 1, "text": STORY}], body=True)] == [1]


@pytest.mark.parametrize("doc_id", [7, None, "a", 1.5, ["x"], {"a": 1}, True, "\ud800"])
def test_any_doc_id_is_given_back(doc_id: Any) -> None:
    (found,) = run([{"doc_id": doc_id, "text": "Two ferries sail."}], body=True)
    assert found["doc_id"] == doc_id
    assert json.loads(to_json(found).encode("utf-8", "backslashreplace"))["doc_id"] == doc_id


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"text": 7}, "text must be a string"),
        ({"text": None}, "text must be a string: the clean body"),
        ({"url": ["a"]}, "url must be a string"),
        ({"published_at": 2026}, "published_at must be a string"),
        ({"published_at": "soon"}, "published_at is not ISO 8601: 'soon'"),
        ({"published_at": "2026-02-30T10:00:00Z"}, "published_at is not ISO 8601"),
    ],
)
def test_a_wrong_type_is_an_error_that_names_it(change: dict[str, Any], said: str) -> None:
    broken, good = run([{"doc_id": 1, "text": STORY} | change, {"doc_id": 2, "text": STORY}], body=True)
    assert broken["doc_id"] == 1
    assert said in broken["error"]
    assert "error" not in good


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n\n", "  Two ferries\tsail.  \r\n\r\n\r\nNobody  objected. ", "\ufeff¡Hola! 🌧\u200d", "a\0b"]
)
def test_a_body_is_taken_character_for_character(text: str) -> None:
    (found,) = run([{"doc_id": 1, "text": text, "published_at": "2026-03-02T09:00:00+02:00"}], body=True)
    assert found["text"] == text
    assert found["published_at"] == "2026-03-02T09:00:00+02:00"
    assert found["authors"] == []
    assert {found[name] for name in METADATA if name not in {"authors", "published_at"}} == {None}


def test_without_body_the_text_is_cleaned() -> None:
    (found,) = run([{"doc_id": 1, "text": f"  {STORY}\n\n\n", "url": "https://post.example/1"}])
    assert found["text"] == STORY.strip()
    assert found["url"] == "https://post.example/1"


def test_the_stated_time_beats_the_document() -> None:
    page = f"<html><head><meta property='article:published_time' content='2026-01-05'></head><p>{STORY}</p></html>"
    (found,) = run([{"doc_id": 1, "html": page, "published_at": "2026-03-04"}])
    assert found["published_at"] == "2026-03-04"
    assert "2026-03-02" in {t["first_day"].isoformat() for t in found["times"] if t["first_day"]}  # Monday before


def test_an_article_that_fails_is_an_error_in_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    from pipelines.extract import document

    plain = document.facts

    def facts(doc: Any, published: Any) -> Any:
        if "poison" in doc.text:
            raise ZeroDivisionError("no way")
        return plain(doc, published)

    monkeypatch.setattr(document, "facts", facts)
    found = run([{"doc_id": n, "text": "poison" if n == 2 else STORY} for n in range(4)], body=True)
    assert [f.get("error") for f in found] == [None, None, "ZeroDivisionError: no way", None]


def test_days_are_written_as_iso_8601() -> None:
    (found,) = run([{"doc_id": 1, "text": "It rained on March 1, 2026.", "published_at": "2026-03-02"}], body=True)
    assert '"first_day": "2026-03-01"' in to_json(found)


values = st.one_of(st.none(), st.integers(), st.text(max_size=60), st.lists(st.text(max_size=3), max_size=2))
records = st.dictionaries(st.sampled_from(["doc_id", "text", "html", "url", "published_at"]), values, max_size=5)
anything = st.one_of(records.map(json.dumps), st.text(max_size=30), st.binary(max_size=30))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(anything, max_size=5), st.booleans())
@example([json.dumps({"doc_id": 1, "text": "\ud83d half a pair"})], True)
@example([b'{"text": "\xff"}', b'{"a":' * 10_000], False)
def test_any_lines_have_their_answers(lines: list[str | bytes], body: bool) -> None:  # noqa: FBT001
    found = list(extract(lines, LIMITS, body=body))
    assert len(found) == sum(bool(line.strip()) for line in lines)
    for answer in found:
        written = json.loads(to_json(answer).encode("utf-8", "backslashreplace"))
        assert list(written) == (["doc_id", "error"] if "error" in written else FIELDS)
        for kind in ("mentions", "roles", "quantities", "times", "quotes"):
            for fact in answer.get(kind, ()):
                assert answer["text"][fact["start"] : fact["end"]] == fact["text"]
