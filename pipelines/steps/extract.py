"""Extraction: each article version becomes rows of facts."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from pipelines import engine
from pipelines.extract.version import extractor_version
from pipelines.lake import Lake, Shard, Writer
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
    return list(pending(lake, "clean/articles", FIRST, extractor_version(), day))


def outdated_shards(lake: Lake) -> list[Shard]:
    """The shards of articles whose facts are of an older version."""
    return outdated(lake, "clean/articles", FIRST, extractor_version())


def understood(language: str | None) -> bool:
    """Whether the language model reads the language: English, or a text too short to tell."""
    return language in {"en", None}


def extract_shard(lake: Lake, shard: Shard, limits: Settings, progress: Progress | None = None) -> dict[str, int]:
    """Extract the facts of one shard's versions and commit them; gives the number of rows by table.

    The facts of a version stand in one shard only, also where the same article was captured in two. If this shard has
    a version no longer, since it was cleaned anew, another that has it gets the facts in the same commit.
    """
    commit = lake.version()
    group = [shard, *_heirs(lake, shard)]
    texts = {s: _readable(lake, s) for s in group}
    covered = _covered(lake, group)
    todo = {v: text for versions in texts.values() for v, text in versions.items() if v not in covered}
    rows = fact_rows(todo, limits, progress)

    def change(writer: Writer) -> None:
        # another run may have extracted one of the versions meanwhile
        elsewhere = covered if writer.version == commit else _covered(lake, group)
        for member in group:
            mine = texts[member].keys() - elsewhere
            elsewhere = elsewhere | mine
            _add(writer, member, {table: [r for r in rows[table] if r["version_id"] in mine] for table in FACT_TABLES})
        writer.sweep(writer.commit())

    lake.write(change)
    return {table: len(rows[table]) for table in FACT_TABLES}


def _add(writer: Writer, shard: Shard, rows: Rows) -> None:
    version = output_version(extractor_version(), shard)
    for table in FACT_TABLES:
        writer.add(table, shard.day, shard.shard, version, rows[table])


def _heirs(lake: Lake, shard: Shard) -> list[Shard]:
    """The other shards of articles with a version whose facts stand with this shard, which has it no longer."""
    lost = _versions(lake, [s for s in _facts(lake) if _same(s, shard)]) - _readable(lake, shard).keys()
    if not lost:
        return []
    others = (s for s in lake.shards("clean/articles") if not _same(s, shard))
    return [s for s in others if lost & lake.values(s, "version_id")]


def _covered(lake: Lake, group: Sequence[Shard]) -> set[str]:
    """The versions whose facts stand with shards outside of the group."""
    return _versions(lake, [s for s in _facts(lake) if not any(_same(s, member) for member in group)])


def _facts(lake: Lake) -> list[Shard]:
    """The shards that tell which versions were extracted: an article has sentences, or a failure."""
    return [*lake.shards(FIRST), *lake.shards("facts/failures")]


def _versions(lake: Lake, shards: Iterable[Shard]) -> set[str]:
    return lake.distinct(shards, "version_id")


def _same(one: Shard, other: Shard) -> bool:
    return (one.day, one.shard) == (other.day, other.shard)


def _readable(lake: Lake, shard: Shard) -> dict[str, Text]:
    rows = lake.read(shard, COLUMNS).to_pylist()
    return {r["version_id"]: (r["text"], r["published_at"]) for r in rows if understood(r["language"])}


def fact_rows(texts: Mapping[str, Text], limits: Settings, progress: Progress | None = None) -> Rows:
    """The rows of every table of facts, for texts by their version."""
    rows: Rows = {table: [] for table in FACT_TABLES}
    chunks: Iterable[Sequence[tuple[str, Text]]] = engine.chunks(texts.items(), CHUNK)
    for number, done in engine.run(_extract, chunks, workers=limits.workers):
        for table in FACT_TABLES:
            rows[table] += done[table]
        if progress:
            progress(number)
    return rows


def _extract(chunk: Sequence[tuple[str, Text]]) -> tuple[int, Rows]:
    from pipelines.extract.rows import rows_of

    return len(chunk), rows_of(dict(chunk))
