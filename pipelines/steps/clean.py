"""Cleaning: each capture of a shard becomes an article, with the evidence for its time, or a reject.

What an article is depends on its capture, and on the lines that the lake knows of its site from earlier days.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any, cast

from pipelines.clean.rejected import Rejected
from pipelines.clean.version import CLEANER_VERSION
from pipelines.lake import Lake, Shard, Writer
from pipelines.link.fingerprint import fingerprint
from pipelines.link.identity import article_id, version_id
from pipelines.schemas import (
    TABLES,
    Article,
    Capture,
    Cleaned,
    DateCandidate,
    Hash64,
    Reject,
    SourceLine,
    Stage,
    Story,
)
from pipelines.settings import Settings
from pipelines.steps import source_lines
from pipelines.steps.pending import output_version, pending

Progress = Callable[[int], None]
Rows = dict[str, list[Any]]
Known = Callable[[Sequence[SourceLine]], set[tuple[str, Hash64]]]  # which lines of which captures their sites repeat
CLEAN_TABLES = tuple(key for key in TABLES if key.startswith("clean/"))


def pending_shards(lake: Lake, day: date | None = None) -> list[Shard]:
    """The raw shards that this version of cleaning has yet to do."""
    return list(pending(lake, "raw/captures", "clean/articles", CLEANER_VERSION, day))


def clean_shard(lake: Lake, shard: Shard, limits: Settings, progress: Progress | None = None) -> tuple[int, int]:
    """Clean one shard and commit what came of it; gives the number of articles and of rejects."""
    captures = cast("list[Capture]", lake.read(shard).to_pylist())
    rows = clean_captures(captures, limits, progress, lambda lines: source_lines.fixed(lake, shard.day, lines))
    version = output_version(CLEANER_VERSION, shard)

    def change(writer: Writer) -> None:
        for table in CLEAN_TABLES:
            writer.add(table, shard.day, shard.shard, version, rows[table])
        writer.sweep(writer.commit())

    lake.write(change)
    return len(rows["clean/articles"]), len(rows["clean/rejects"])


def clean_captures(
    captures: Sequence[Capture], limits: Settings, progress: Progress | None = None, known: Known | None = None
) -> Rows:
    """The rows of every table of clean: each capture gives exactly one article or reject, in order.

    `known` says which lines of the articles their sites printed on earlier days; without it, none.
    """
    rejects = [_reject(c, "ingest", c["problem"], c["detail"] or "") for c in captures if c["problem"]]
    readable = [c for c in captures if not c["problem"]]
    if progress:
        progress(len(rejects))
    cleaned: list[tuple[Capture, str, Cleaned]] = []
    for capture, outcome in zip(readable, _cleaned(readable, limits), strict=True):
        if isinstance(outcome, Rejected):
            rejects.append(_reject(capture, "clean", outcome.reason, outcome.detail))
        else:
            article, encoding = outcome
            cleaned.append((capture, encoding, article))
        if progress:
            progress(1)
    return {
        "clean/source_lines": _without_fixed(cleaned, known),
        "clean/articles": [_article(capture, article, encoding) for capture, encoding, article in cleaned],
        "clean/date_evidence": [row for capture, _, article in cleaned for row in _dated(capture, article)],
        "clean/rejects": rejects,
    }


def _without_fixed(cleaned: Sequence[tuple[Capture, str, Cleaned]], known: Known | None) -> list[SourceLine]:
    """Take the fixed lines out of the articles; give the lines by which later days will know more."""
    lines = [source_lines.lines_of(capture, article) for capture, _, article in cleaned]
    every = [row for rows in lines for row in rows]
    fixed: defaultdict[str, set[Hash64]] = defaultdict(set)
    for capture_id, line in known(every) if known else ():
        fixed[capture_id].add(line)
    for (capture, _, article), rows in zip(cleaned, lines, strict=True):
        source_lines.take_out(article, rows, fixed[capture["capture_id"]])
    return every


def _cleaned(captures: Sequence[Capture], limits: Settings) -> Iterator[tuple[Cleaned, str] | Rejected]:
    from pipelines.clean import sandbox

    return sandbox.clean_all(
        partial(_clean, mapping=limits.fields),
        captures,
        workers=limits.workers,
        seconds=limits.clean_seconds,
        megabytes=limits.clean_megabytes,
    )


def _clean(capture: Capture, *, mapping: Mapping[str, str]) -> tuple[Cleaned, str]:
    from pipelines.clean.capture import cleaned

    return cleaned(capture, mapping)


def _article(capture: Capture, cleaned: Cleaned, encoding: str) -> Article:
    story = cast("Story", {key: value for key, value in cleaned.items() if key != "date_evidence"})
    return {
        "capture_id": capture["capture_id"],
        "article_id": article_id(cleaned),
        "version_id": version_id(cleaned),
        **story,
        "published_day": _day(cleaned["published_at"]),
        "words": len(cleaned["text"].split()),
        "fingerprint": fingerprint(cleaned["text"]),
        "captured_at": capture["captured_at"],
        "encoding": encoding,
        "cleaner_version": CLEANER_VERSION,
    }


def _dated(capture: Capture, cleaned: Cleaned) -> Iterable[DateCandidate]:
    for rank, evidence in enumerate(cleaned["date_evidence"], 1):
        yield {
            "capture_id": capture["capture_id"],
            "rank": rank,
            **evidence,
            "cleaner_version": CLEANER_VERSION,
        }


def _day(stamp: str | None) -> date | None:
    return datetime.fromisoformat(stamp).date() if stamp else None


def _reject(capture: Capture, stage: Stage, reason: str | None, detail: Any) -> Reject:
    return {
        "capture_id": capture["capture_id"],
        "stage": stage,
        "reason": reason or "unknown",
        "detail": detail,
        "source": capture["source"],
        "captured_at": capture["captured_at"],
        "cleaner_version": CLEANER_VERSION,
    }
