"""A small invented world for tests of the warehouse: typed rows of articles and their facts, put into a real lake."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from pipelines import models
from pipelines.build import build
from pipelines.lake import Lake, Shard
from pipelines.load import load
from pipelines.schemas import TABLES
from pipelines.warehouse import connect, content_hashes, load_fts

SQL = Path(__file__).parents[1] / "sql"
DAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
Rows = dict[str, list[dict[str, Any]]]


def row(table: str, **given: Any) -> dict[str, Any]:
    """A row of a table: what is given, and for the rest null, or else the plainest value of its type."""
    unknown = given.keys() - set(TABLES[table].schema.names)
    assert not unknown, f"{table} has no {unknown}"
    return {f.name: given.get(f.name, _plainest(f)) for f in TABLES[table].schema}


def _plainest(field: pa.Field) -> Any:
    if field.nullable:
        return None
    if values := (field.metadata or {}).get(b"values"):
        return values.decode().split(",")[0]
    if pa.types.is_list(field.type):
        return []
    plain = {pa.string(): "", pa.binary(): b"", pa.bool_(): False, pa.int32(): 0}
    return plain.get(field.type, NOON if pa.types.is_timestamp(field.type) else 0)


def span(text: str, surface: str) -> dict[str, Any]:
    """Where a surface first stands in a text."""
    start = text.index(surface)
    return {"start": start, "end": start + len(surface), "text": surface}


def article(version: str, text: str, **given: Any) -> Rows:
    """An article of a capture of its own, with its sentences: each ends at a full stop."""
    capture = given.pop("capture_id", f"capture-{version}")
    captured_at = given.pop("captured_at", NOON)
    about = {"article_id": f"article-{version}", "words": len(text.split()), "published_day": DAY} | given
    stamp = about.get("published_at")
    dated = (
        [row("clean/date_evidence", capture_id=capture, rank=1, source="meta", value=stamp, verdict="won")]
        if stamp
        else []
    )
    sentences: list[dict[str, Any]] = []
    start = 0
    for part in text.split(". "):
        end = min(start + len(part) + 1, len(text))
        where = {"start": start, "end": end, "text": text[start:end]}
        sentences.append(row("facts/sentences", version_id=version, index=len(sentences), **where))
        start = end + 1
    key = {"capture_id": capture, "captured_at": captured_at}
    return {
        "raw/captures": [row("raw/captures", source=f"inbox/{version}.txt", content=text.encode(), **key)],
        "clean/articles": [row("clean/articles", version_id=version, text=text, **key, **about)],
        "clean/date_evidence": dated,
        "facts/sentences": sentences,
    }


def march(number: int, *, troops: int = 200, day: date = DAY) -> Rows:
    """An article of one figure, said by a ministry, with a quote and two names."""
    version = f"march-{number}"
    figure = f"{troops} troops"
    text = f"Rain fell on Port Almer 🌧. The Ministry of Defence said {figure} had left Port Almer. Nobody objected."
    rows = article(
        version,
        text,
        title=f"Troops leave Port Almer, day {number}",
        publisher="The Almer Courier",
        published_at=f"{day}T09:30:00+02:00",
        published_day=day,
        captured_at=NOON + timedelta(minutes=number),
    )
    key = {"version_id": version}
    counted = span(text, "troops")
    said = {"speaker": "The Ministry of Defence", "speaker_name": "Ministry of Defence", "cue": "said"}
    cue, speaker = span(text, "said"), span(text, "The Ministry of Defence")
    quote = span(text, f"{figure} had left Port Almer")
    ministry = {"type": "ORG", "entity_id": "org:ministry-of-defence", "name": "Ministry of Defence"}
    port = {"type": "GPE", "entity_id": "gpe:port-almer", "name": "Port Almer"}
    later = text.rindex("Port Almer")
    return rows | {
        "facts/mentions": [
            row("facts/mentions", **key, index=0, sentence=0, **span(text, "Port Almer"), **port),
            row("facts/mentions", **key, index=1, sentence=1, **span(text, "Ministry of Defence"), **ministry),
            row("facts/mentions", **key, index=2, sentence=1, start=later, end=later + 10, text="Port Almer", **port),
        ],
        "facts/quantities": [
            row(
                "facts/quantities", **key, index=0, sentence=1, **span(text, str(troops)), value=float(troops),
                low=float(troops), high=float(troops), counted="troops", counted_start=counted["start"],
                counted_end=counted["end"],
            )
        ],
        "facts/quotes": [
            row(
                "facts/quotes", **key, index=0, sentence=1, **quote, **said, kind="indirect", cue_start=cue["start"],
                cue_end=cue["end"], speaker_start=speaker["start"], speaker_end=speaker["end"],
                speaker_id="org:ministry-of-defence", source_type="official", source_kind="named_body",
            )
        ],
        "facts/claims": [
            row(
                "facts/claims", **key, index=0, **said, quantity=0, source_type="official", hedge="asserted",
                sentence=1,
            )
        ],
    }  # fmt: skip


def together(*parts: Mapping[str, Sequence[Mapping[str, Any]]]) -> Rows:
    """The rows of several as one."""
    return {table: [dict(r) for part in parts for r in part.get(table, ())] for table in TABLES}


def put(lake: Lake, shard: str, *parts: Rows, day: date = DAY, version: str = "1") -> list[Shard]:
    """Commit rows as one shard of every table, in place of what it held; give the shards replaced."""
    with lake.writing() as writer:
        for table, rows in together(*parts).items():
            writer.add(table, day, shard, version, rows)
        return writer.commit()


def in_memory(folder: Path, *parts: Rows, sql: Path = SQL) -> duckdb.DuckDBPyConnection:
    """A warehouse in memory that holds these rows: all models, the search index, macros and checks."""
    lake = Lake(folder / "lake")
    put(lake, "a", *parts)
    con = duckdb.connect(config={"threads": 1})  # so few rows are never shared out; threads would only wait for some
    con.execute("set TimeZone = 'Pacific/Auckland'")  # no answer may depend on where the analyst sits
    load_fts(con)
    build(con, models.load(sql), load(con, lake, lake.shards()).tables)
    return con


@contextmanager
def reading(warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published warehouse of a folder, open."""
    with connect(warehouse / "warehouse.duckdb") as con:
        yield con


def hashes(warehouse: Path) -> dict[str, tuple[int, str]]:
    """The content of its tables: rows and a hash of each."""
    with reading(warehouse) as con:
        return content_hashes(con)
