"""`dateline extract`: documents in, facts out, both as JSON lines, in order; a bad line never stops the stream."""

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from pipelines import engine
from pipelines.clean import sandbox
from pipelines.clean.document import Document, Rejected, clean
from pipelines.schemas import Cleaned
from pipelines.settings import Settings

CHUNK = 16  # documents that the language model works at together
METADATA = (
    *("title", "subtitle", "authors", "publisher", "wire", "dateline", "section", "language"),
    *("published_at", "modified_at"),
)


@dataclass(frozen=True)
class Slot:
    """A document on its way: what it has become so far, or what went wrong."""

    doc_id: Any
    url: str | None = None
    value: Any = None
    error: str | None = None


def extract(lines: Iterable[str | bytes], limits: Settings, *, body: bool = False) -> Iterator[dict[str, Any]]:
    """One object of facts, or of an error, for each line that holds something.

    Args:
        lines: JSON objects with `doc_id`, `text` or `html`, and perhaps `url` and `published_at`.
        limits: how long and in how much memory a document may be cleaned, and in how many processes.
        body: the texts are clean bodies already, and are taken character for character.
    """
    slots: Iterator[Slot] = (_read(line, body=body) for line in lines if line.strip())
    if not body:
        slots = _through(slots, partial(_clean, limits=limits))
    for slot in _through(slots, partial(_facts, limits=limits)):
        yield {"doc_id": slot.doc_id, "error": slot.error} if slot.error else _output(slot)


def _read(line: str | bytes, *, body: bool) -> Slot:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Slot(None, error=f"not JSON: {error}")
    if not isinstance(record, dict):
        return Slot(None, error="not a JSON object")
    doc_id = record.get("doc_id")
    try:
        return Slot(doc_id, _string(record, "url"), _bare(record) if body else _document(record))
    except ValueError as error:
        return Slot(doc_id, error=str(error))


def _document(record: dict[str, Any]) -> Document:
    html, text = _string(record, "html"), _string(record, "text")
    if (html is None) == (text is None):
        raise ValueError("exactly one of html and text must be a string")
    given = {"published_at": stamp} if (stamp := _stamp(record)) else {}
    return Document(html=html, text=text, url=_string(record, "url"), given=given)


def _bare(record: dict[str, Any]) -> dict[str, Any]:
    text = _string(record, "text")
    if text is None:
        raise ValueError("with --body, text must be a string: the clean body")
    empty = dict.fromkeys(METADATA)
    return {**empty, "authors": [], "published_at": _stamp(record), "text": text}


def _string(record: dict[str, Any], name: str) -> str | None:
    value = record.get(name)
    if value is None or isinstance(value, str):
        return value
    raise ValueError(f"{name} must be a string")


def _stamp(record: dict[str, Any]) -> str | None:
    stamp = _string(record, "published_at")
    if stamp:
        try:
            date.fromisoformat(stamp[:10])
        except ValueError as error:
            raise ValueError(f"published_at is not ISO 8601: {stamp[:40]!r}") from error
    return stamp or None


def _through(slots: Iterable[Slot], stage: Callable[[Iterator[Any]], Iterator[Any]]) -> Iterator[Slot]:
    """Lead the values through a stage that keeps their order; slots with an error keep their place."""
    held: deque[Slot] = deque()

    def values() -> Iterator[Any]:
        for slot in slots:
            held.append(slot)
            if slot.error is None:
                yield slot.value

    for result in stage(values()):
        while held[0].error is not None:
            yield held.popleft()
        slot = held.popleft()
        yield replace(slot, error=result.args[0]) if isinstance(result, ValueError) else replace(slot, value=result)
    yield from held


def _clean(documents: Iterator[Document], limits: Settings) -> Iterator[Cleaned | ValueError]:
    outcomes = sandbox.clean_all(
        clean, documents, workers=limits.workers, seconds=limits.clean_seconds, megabytes=limits.clean_megabytes
    )
    for outcome in outcomes:
        yield ValueError(f"{outcome.reason}: {outcome.detail}") if isinstance(outcome, Rejected) else outcome


def _facts(articles: Iterator[dict[str, Any]], limits: Settings) -> Iterator[dict[str, Any] | ValueError]:
    chunks = engine.chunks(articles, CHUNK)
    for done in engine.run(_extract, chunks, workers=limits.workers):
        yield from done


def _extract(chunk: Iterable[dict[str, Any]]) -> list[dict[str, Any] | ValueError]:
    from pipelines.extract.document import Failed, facts_of

    articles = list(chunk)
    found = facts_of([(a["text"], a["published_at"]) for a in articles])
    return [ValueError(f.error) if isinstance(f, Failed) else {**a, **f} for a, f in zip(articles, found, strict=True)]


def _output(slot: Slot) -> dict[str, Any]:
    value = slot.value
    return {
        "doc_id": slot.doc_id,
        "url": value.get("url") or slot.url,
        **{name: value[name] for name in (*METADATA, "text")},
        "sentences": [[s["start"], s["end"]] for s in value["sentences"]],
        **{name: value[name] for name in ("mentions", "roles", "quantities", "times", "quotes", "claims")},
    }


def to_json(row: dict[str, Any]) -> str:
    """A line of output; days as ISO 8601."""
    return json.dumps(row, ensure_ascii=False, default=date.isoformat)
