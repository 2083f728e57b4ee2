"""Damage in the lake: publication is blocked, `verify` names it, `rebuild` cures what follows from the captures."""

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from pipelines.cli import app
from pipelines.load import LoadError
from pipelines.publish import publish
from pipelines.settings import Settings
from pipelines.steps.heal import heal
from tests.faults.stages import content, lake

Hurt = Callable[[bytes], bytes]


def foreign(_: bytes) -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table({"not": ["ours"]}), sink)
    return bytes(sink.getvalue())


def flipped(content: bytes) -> bytes:
    return bytes([*content[:99], content[99] ^ 1, *content[100:]])


def empty(_: bytes) -> bytes:
    return b""


def footerless(content: bytes) -> bytes:
    return content[:-8]


def dateline(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def hurt_shard(table: str, hurt: Hurt) -> str:
    (shard,) = lake().shards(table)
    path = lake().store.local(shard.path)
    path.write_bytes(hurt(path.read_bytes()))
    return shard.path


@pytest.mark.parametrize(
    ("table", "hurt"),
    [
        ("clean/articles", flipped),
        ("facts/sentences", footerless),
        ("facts/quantities", empty),
        ("clean/date_evidence", foreign),
    ],
)
def test_a_damaged_shard_blocks_publication_is_named_and_is_cured(
    copy: Path, done: Path, table: str, hurt: Hurt
) -> None:
    path = hurt_shard(table, hurt)
    told = dateline("verify")
    assert (told.exit_code, path in told.stderr, "dateline rebuild" in told.stderr) == (1, True, True)
    with pytest.raises(LoadError, match="dateline verify"):
        publish(lake(), copy / "warehouse", copy / "sql", fresh=True)
    cured = dateline("rebuild")
    assert (cured.exit_code, path in cured.stdout) == (0, True), cured.stderr
    assert dateline("verify").exit_code == 0
    assert content(copy) == content(done)


def test_many_damaged_shards_are_cured_at_once(copy: Path, done: Path) -> None:
    hurts = [hurt_shard(s.table, empty) for s in lake().shards() if not s.table.startswith("raw/")]
    assert heal(lake(), Settings(data=Path())) == hurts
    assert lake().verify() == []
    assert content(copy) == content(done)


def test_damage_in_the_captures_is_named_and_nothing_else_is_touched(copy: Path) -> None:
    paths = [hurt_shard("raw/captures", footerless), hurt_shard("clean/rejects", empty)]
    refused = dateline("rebuild")
    assert (refused.exit_code, paths[0] in refused.stderr) == (1, True)
    assert {line.split(":")[0] for line in lake().verify()} == set(paths)
    assert (copy / "warehouse/warehouse.duckdb").resolve().name == "gen_000001.duckdb"


@pytest.mark.parametrize("hurt", [empty, footerless, foreign])
def test_strange_files_in_the_lake_are_no_part_of_it(copy: Path, done: Path, hurt: Hurt) -> None:
    for shard in lake().shards():
        path = lake().store.local(shard.path)
        (path.parent / "stray-000000000000.parquet").write_bytes(hurt(path.read_bytes()))
    assert dateline("verify").exit_code == 0
    publish(lake(), copy / "warehouse", copy / "sql", fresh=True)
    assert content(copy) == content(done)
