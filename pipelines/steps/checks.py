"""What must be true of a day in the lake; each check gives what breaks it, a line each."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date

import duckdb

from pipelines.lake import Lake, LakeError, RowError, Shard, check_values
from pipelines.scan import scan
from pipelines.schemas import TABLES

MOST = 20  # lines that a check lists


def schema_breaks(lake: Lake, table: str, day: date) -> list[str]:
    """Shards of the day whose columns, nulls or listed values are not those declared, or whose bytes have changed."""
    return [line for shard in _of_day(lake, table, day) for line in _shard_breaks(lake, shard)]


def _shard_breaks(lake: Lake, shard: Shard) -> Iterator[str]:
    damage = lake.damage(shard)
    if damage:
        yield damage
        return
    declared = TABLES[shard.table]
    try:
        rows = lake.read(shard)
    except LakeError as error:
        yield str(error)
        return
    if not rows.schema.equals(declared.schema):
        yield f"{shard.path}: its columns are not those of {shard.table}"
        return
    try:
        check_values(declared, rows)
    except RowError as error:
        yield f"{shard.path}: {error}"


def unaccounted(lake: Lake, day: date) -> list[str]:
    """Captures of the day that are not exactly one of article and reject."""
    query = """
        with ended as (select capture_id from articles union all select capture_id from rejects)
        select capture_id, count(ended.capture_id) as ends
        from captures left join ended using (capture_id)
        group by capture_id having ends <> 1 order by capture_id
    """
    names = {"captures": "raw/captures", "articles": "clean/articles", "rejects": "clean/rejects"}
    return [f"capture {row[0]} has {row[1]} outcomes" for row in _query(lake, day, query, names)]


def untrue_offsets(lake: Lake, table: str, day: date) -> list[str]:
    """Facts of the day whose characters are not what stands at their offsets in the article."""
    query = """
        select version_id, facts.index, facts.start, facts.end, facts.text
        from facts left join (select distinct on (version_id) version_id, text as body from articles) using (version_id)
        where facts.start < 0 or body[facts.start + 1 : facts.end] is distinct from facts.text
        order by all
    """
    names = {"facts": table, "articles": "clean/articles"}
    return [f"{r[0]}, fact {r[1]}: [{r[2]}, {r[3]}) is not {r[4]!r}" for r in _query(lake, day, query, names)]


def _query(lake: Lake, day: date, query: str, names: dict[str, str]) -> list[tuple[object, ...]]:
    with ExitStack() as stack:
        connection = stack.enter_context(duckdb.connect())
        for name, table in names.items():
            files = stack.enter_context(lake.copies(_of_day(lake, table, day)))
            connection.execute(f"create view {name} as from {scan(TABLES[table], files)}")
        return connection.execute(query).fetchmany(MOST)


def _of_day(lake: Lake, table: str, day: date) -> list[Shard]:
    return [s for s in lake.shards(table) if s.day == day]
