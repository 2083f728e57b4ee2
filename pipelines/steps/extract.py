"""Extraction: each article version becomes rows of facts."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from pipelines import engine
from pipelines.extract.version import extractor_version
from pipelines.lake import Lake, Shard, Writer, arrow_table
from pipelines.schemas import TABLES
from pipelines.settings import Settings
from pipelines.steps.pending import outdated, output_version, pending

Progress = Callable[[int], None]
Text = tuple[str, str | None]
Rows = dict[str, list[pa.Table]]  # by table, in pieces
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


def extract_shards(
    lake: Lake, shards: Sequence[Shard], limits: Settings, progress: Progress | None = None
) -> Iterator[tuple[Shard, dict[str, int]]]:
    """Extract the facts of the versions of these shards; gives each with its number of rows by table once committed.

    The facts of a version stand in one shard only, also where the same article was captured in two. If a shard has a
    version no longer, since it was cleaned anew, another that has it gets the facts in the same commit.

    While one shard is committed, the workers are at the next. Shards that had facts before come first and one by one:
    what is to be done for them depends on what their commits take from each other.
    """
    had = {(s.day, s.shard) for s in lake.shards(FIRST)}
    again = [s for s in shards if (s.day, s.shard) in had]
    for batch in (*([s] for s in again), [s for s in shards if s not in again]):
        yield from _extracted(lake, batch, limits, progress)


def extract_shard(lake: Lake, shard: Shard, limits: Settings, progress: Progress | None = None) -> dict[str, int]:
    """`extract_shards` for one; gives its number of rows by table."""
    ((_, counts),) = extract_shards(lake, [shard], limits, progress)
    return counts


class Task(NamedTuple):
    """What is to be done for a shard, as the lake stood at a commit.

    Attributes:
        commit: number of the commit.
        texts: the readable versions of the shard, and of those that may get facts of versions it has lost.
        covered: the versions whose facts stand with other shards.
        todo: the versions to extract; without those that the shards before it, yet to be committed, bring.
    """

    commit: int
    texts: dict[Shard, dict[str, Text]]
    covered: set[str]
    todo: dict[str, Text]


def _task(lake: Lake, shard: Shard, begun: set[str]) -> Task:
    commit = lake.version()
    texts = {s: _readable(lake, s) for s in [shard, *_heirs(lake, shard)]}
    covered = _covered(lake, [*texts])
    known = covered | begun
    todo = {v: text for versions in texts.values() for v, text in versions.items() if v not in known}
    return Task(commit, texts, covered, todo)


def _extracted(
    lake: Lake, shards: Sequence[Shard], limits: Settings, progress: Progress | None
) -> Iterator[tuple[Shard, dict[str, int]]]:
    tasks: deque[Task] = deque()

    def pieces() -> Iterator[tuple[int, Sequence[tuple[str, Text]]]]:
        for number, shard in enumerate(shards):
            begun = {version for task in tasks for version in task.todo}
            tasks.append(_task(lake, shard, begun))
            yield number, ()  # a shard without anything to do has its commit, too
            yield from ((number, chunk) for chunk in engine.chunks(tasks[-1].todo.items(), CHUNK))

    done = engine.run(_extract, pieces(), workers=limits.workers)
    for number, found in groupby(done, key=itemgetter(0)):
        rows = _gathered(found, progress)
        _commit(lake, tasks.popleft(), rows)
        yield shards[number], {table: sum(map(len, rows[table])) for table in FACT_TABLES}


def _gathered(found: Iterable[tuple[int, int, Rows]], progress: Progress | None) -> Rows:
    rows: Rows = {table: [] for table in FACT_TABLES}
    for _, articles, some in found:
        for table, piece in some.items():
            rows[table] += piece
        if progress:
            progress(articles)
    return rows


def _commit(lake: Lake, task: Task, rows: Rows) -> None:
    def change(writer: Writer) -> None:
        # another run, or the shard before, may have brought the facts of one of the versions meanwhile
        elsewhere = task.covered if writer.version == task.commit else _covered(lake, [*task.texts])
        for member, texts in task.texts.items():
            mine = texts.keys() - elsewhere
            elsewhere = elsewhere | mine
            _add(writer, member, rows, pa.array(sorted(mine), pa.string()))
        writer.sweep(writer.commit())

    lake.write(change)


def _add(writer: Writer, shard: Shard, rows: Rows, versions: pa.Array) -> None:
    version = output_version(extractor_version(), shard)
    for table in FACT_TABLES:
        made = pa.concat_tables([TABLES[table].schema.empty_table(), *rows[table]])
        mine = made.filter(pc.is_in(made["version_id"], value_set=versions))
        writer.add(table, shard.day, shard.shard, version, mine)


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


def _extract(piece: tuple[int, Sequence[tuple[str, Text]]]) -> tuple[int, int, Rows]:
    """The facts of a piece in columns: a tenth of what rows take to travel, and in the process that commits them."""
    from pipelines.extract.rows import rows_of

    number, chunk = piece
    rows = rows_of(dict(chunk)) if chunk else {}
    return number, len(chunk), {table: [arrow_table(TABLES[table], found)] for table, found in rows.items() if found}
