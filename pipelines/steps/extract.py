"""Extraction: each article version becomes rows of facts."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from pipelines import engine
from pipelines.extract.version import extractor_version
from pipelines.lake import Lake, Shard
from pipelines.schemas import TABLES
from pipelines.settings import Settings
from pipelines.steps.pending import outdated, output_version, pending

Progress = Callable[[int], None]
Text = tuple[str, str | None]
Rows = dict[str, list[dict[str, Any]]]
FACT_TABLES = tuple(key for key in TABLES if key.startswith("facts/"))
FIRST = FACT_TABLES[0]  # every shard of facts has all tables; one of them stands for all
CHUNK = 16  # articles a worker takes at a time
COLUMNS = ("version_id", "text", "published_at", "language")


def pending_shards(lake: Lake, day: date | None = None) -> list[Shard]:
    """The shards of articles that this version of extraction has yet to do."""
    found = list(pending(lake, "clean/articles", FIRST, extractor_version(), day))
    if day is not None and any(s.day == day for s in outdated_shards(lake)):
        found += [s for s in _uncovered(lake) if s not in found]
    return found


def outdated_shards(lake: Lake) -> list[Shard]:
    """The shards of articles whose facts are of an older version."""
    return outdated(lake, "clean/articles", FIRST, extractor_version())


def _uncovered(lake: Lake) -> Iterator[Shard]:
    """Shards with a version that has no facts: the shard that had it was cleaned anew and has it no longer."""
    covered = lake.column(FIRST, "version_id") | lake.column("facts/failures", "version_id")
    for shard in lake.shards("clean/articles"):
        if not covered.issuperset(_readable(lake, shard)):
            yield shard


def _readable(lake: Lake, shard: Shard) -> dict[str, Text]:
    rows = lake.read(shard, COLUMNS).to_pylist()
    return {r["version_id"]: (r["text"], r["published_at"]) for r in rows if understood(r["language"])}


def understood(language: str | None) -> bool:
    """Whether the language model reads the language: English, or a text too short to tell."""
    return language in {"en", None}


def extract_shard(lake: Lake, shard: Shard, limits: Settings, progress: Progress | None = None) -> dict[str, int]:
    """Extract the facts of one shard's versions and commit them; gives the number of rows by table.

    A version that another shard's facts cover already, because the same article was captured twice, is left out.
    """
    covered = {v for s in lake.shards(FIRST) if s.shard != shard.shard for v in _versions(lake, s)}
    texts = {version: text for version, text in _readable(lake, shard).items() if version not in covered}
    rows = fact_rows(texts, limits, progress)
    version = output_version(extractor_version(), shard)
    with lake.writing() as writer:
        for table in FACT_TABLES:
            writer.add(table, shard.day, shard.shard, version, rows[table])
        writer.sweep(writer.commit())
    return {table: len(rows[table]) for table in FACT_TABLES}


def _versions(lake: Lake, shard: Shard) -> set[str]:
    return set(lake.read(shard, ("version_id",)).column("version_id").to_pylist())


def fact_rows(texts: Mapping[str, Text], limits: Settings, progress: Progress | None = None) -> Rows:
    """The rows of every table of facts, for texts by their version."""
    rows: Rows = {table: [] for table in FACT_TABLES}
    chunks: Iterable[Sequence[tuple[str, Text]]] = engine.chunks(texts.items(), CHUNK)
    for number, done in engine.run(_extract, chunks, workers=limits.workers, preload="pipelines.extract.warm"):
        for table in FACT_TABLES:
            rows[table] += done[table]
        if progress:
            progress(number)
    return rows


def _extract(chunk: Sequence[tuple[str, Text]]) -> tuple[int, Rows]:
    from pipelines.extract.rows import rows_of

    return len(chunk), rows_of(dict(chunk))
