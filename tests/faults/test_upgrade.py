"""A lake that an older version of the code wrote is read as it is, and made anew day by day where that is asked for.

`older_lake.tar.gz` is what the code of 22 November 2026 made of the documents in `stages.py`: three commits without the
tables and columns that came later.
"""

import tarfile
from datetime import date
from pathlib import Path

from pipelines.clean.version import CLEANER_VERSION
from pipelines.extract.version import extractor_version
from pipelines.publish import publish
from pipelines.schemas import TABLES
from pipelines.steps import clean, extract
from pipelines.warehouse import connect
from tests.faults.stages import begin, lake, limits
from tests.world import SQL

DAY = date(2026, 11, 30)


def read() -> list[tuple[str, str, int]]:
    """Each capture as readers see it: its source, what it ended as, and the figures of its article."""
    with connect(Path("warehouse/warehouse.duckdb")) as con:
        return con.execute(
            """select source, outcome, count(distinct f.index) from core.outcomes o
            left join clean.articles a using (capture_id) left join facts.quantities f on f.version_id = a.version_id
            group by all order by all"""
        ).fetchall()


def test_a_lake_of_an_older_version_is_read_and_made_anew(here_now: Path) -> None:
    begin(here_now)
    with tarfile.open(Path(__file__).with_name("older_lake.tar.gz")) as archive:
        archive.extractall(here_now, filter="data")
    older = {s.table for s in lake().shards()}
    assert older < set(TABLES)
    publish(lake(), Path("warehouse"), SQL)
    before = read()
    assert [(source, count > 0) for source, _, count in before] == [
        ("inbox/empty.txt", False), ("inbox/ferries.txt", True), ("inbox/harbour.html", True),
    ]  # fmt: skip
    assert clean.pending_shards(lake()) == extract.pending_shards(lake()) == []
    for shard in clean.pending_shards(lake(), DAY):
        clean.clean_shard(lake(), shard, limits())
    for shard in extract.pending_shards(lake(), DAY):
        extract.extract_shard(lake(), shard, limits())
    for shard in lake().shards():
        made = {"raw": "1", "clean": CLEANER_VERSION, "facts": extractor_version()}[shard.table.split("/")[0]]
        assert shard.version.split("/")[0] == made.split("/")[0]
    publish(lake(), Path("warehouse"), SQL)
    assert [row[:2] for row in read()] == [row[:2] for row in before]
    assert lake().verify() == []
