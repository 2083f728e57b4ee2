"""The same input any number of times, in any order, and at any hour, gives the same warehouse."""

import json
import os
import time
from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.ingest.take import take
from pipelines.settings import Settings, settings
from pipelines.steps import inbox
from pipelines.steps.checks import unaccounted
from pipelines.warehouse import connect
from tests.faults import stages
from tests.world import NOON


def export() -> list[tuple[object, ...]]:
    """All that an analyst would take out, in a fixed order."""
    query = """select c.capture_id, c.source, a.* exclude (shard, capture_id), r.reason,
        (select list((q.text, q.value, q.start) order by q."index") from facts.quantities q
            where q.version_id = a.version_id) as figures
    from raw.captures c left join clean.articles a using (capture_id) left join clean.rejects r using (capture_id)
    order by all"""
    with connect(Path("warehouse/warehouse.duckdb")) as con:
        return con.execute(query).fetchall()


def run(limits: Settings, files: list[Path], now: datetime = NOON) -> None:
    take(files, stages.lake(), now, limits)
    for stage in (stages.cleaning, stages.extraction, stages.publishing):
        stage()


def test_the_same_input_three_times_in_any_order_gives_the_same_export(here_now: Path) -> None:
    """In one batch or in batches of one document; a correction and the article it corrects are among them."""
    exports = []
    for number, order in enumerate(list(permutations(["ferries.txt", "corrected.txt", "harbour.html"]))[::2]):
        data = stages.begin(here_now / str(number))
        os.chdir(data)
        text = stages.DOCUMENTS["ferries.txt"].replace("180 passengers", "190 passengers")
        (data / "inbox/corrected.txt").write_text(text)
        limits = Settings(data=Path(), workers=1, shard_rows=1 + number)
        files = [Path("inbox") / name for name in order]
        for _ in range(3):
            run(limits, files)
        exports.append(export())
        assert stages.lake().verify() == []
    assert len(exports) == 3
    assert len(exports[0]) == 3
    assert exports[0] == exports[1] == exports[2]


def test_a_clock_that_jumps_back_loses_nothing(here_now: Path) -> None:
    data = stages.begin(here_now / "data")
    os.chdir(data)
    limits = Settings(data=Path(), workers=1)
    run(limits, [data / "inbox/ferries.txt"])
    run(limits, [data / "inbox/harbour.html"], NOON - timedelta(days=3))
    run(limits, [data / "inbox/empty.txt", data / "inbox/ferries.txt"], NOON + timedelta(days=400))
    days = {s.day for s in stages.lake().shards("raw/captures")}
    assert len(days) == 3
    assert [line for day in days for line in unaccounted(stages.lake(), day)] == []
    assert len(export()) == 3


def test_what_was_captured_while_the_clock_was_years_ahead_is_published_now(
    here_now: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Dagster has no partition for such a day yet."""
    monkeypatch.delenv("DATELINE_SQL")  # Dagster's assets are those of the project
    settings.cache_clear()
    data = stages.begin(here_now / "data")
    os.chdir(data)
    take([Path("inbox/ferries.txt")], stages.lake(), NOON.replace(year=2099), Settings())
    ran = CliRunner().invoke(app, ["run", "--no-fetch", "--json"])
    assert ran.exit_code == 0, ran.stderr
    assert json.loads(ran.stdout)["days"] == ["2099-03-02", datetime.now(UTC).date().isoformat()]
    assert len(export()) == 3
    again = CliRunner().invoke(app, ["run", "--no-fetch", "--json"])
    assert json.loads(again.stdout)["days"] == []


@pytest.mark.parametrize("seconds", [-86_400, -10, 10, 86_400])
def test_a_file_of_the_inbox_waits_for_no_clock(here_now: Path, seconds: int) -> None:
    """Its time may lie ahead: a copy kept it, or the clock was set back since."""
    file = stages.begin(here_now / "data") / "inbox/ferries.txt"
    os.utime(file, (time.time() + seconds, time.time() + seconds))
    assert file in inbox.waiting(file.parent)


def test_a_sweep_by_a_clock_that_is_ahead_takes_nothing_that_counts(copy: Path, done: Path) -> None:
    stages.lake().sweep(datetime.now(UTC) + timedelta(days=4000))
    assert stages.lake().verify() == []
    stages.sound()
    assert stages.content(copy) == stages.content(done)
