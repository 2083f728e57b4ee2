"""The job with the lake in a bucket: the same as with a folder, and for every machine that reads it."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from typer.testing import CliRunner, Result

from pipelines import warehouse
from pipelines.cli import app
from pipelines.lake import lake_of
from pipelines.settings import PROJECT, settings
from pipelines.steps import inbox
from tests.conftest import keeping
from tests.s3 import BUCKET, OneAtATime, copy_captures, overwrite


@contextmanager
def machine(folder: Path, lake: str | None = None) -> Iterator[Path]:
    """A data folder that the settings point to, and where its lake is."""
    with keeping(folder), pytest.MonkeyPatch.context() as patch:
        if lake:
            patch.setenv("DATELINE_LAKE", lake)
        settings.cache_clear()
        yield folder


def dateline(*arguments: str, code: int = 0) -> Result:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == code, (result.stdout, result.stderr)
    return result


def content(data: Path) -> dict[str, Any]:
    with warehouse.connect(data / "warehouse/warehouse.duckdb") as connection:
        return warehouse.content_hashes(connection)


def test_a_run_from_the_inbox_gives_the_same_from_a_bucket_as_from_a_folder(
    tmp_path: Path, s3: OneAtATime, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert s3.deaf_to is None
    address = f"s3://{BUCKET}/{uuid4()}/lake"
    monkeypatch.setattr(inbox, "SETTLED", -1.0)
    with machine(tmp_path / "one", address) as one:
        shutil.copytree(PROJECT / "examples", one / "inbox")
        dateline("run")
        lake = lake_of(settings())
        assert not (one / "lake").exists()
        assert json.loads(dateline("run", "--json").stdout)["days"] == []
        assert json.loads(dateline("status", "--json").stdout)["lake"] == address
        assert json.loads(dateline("verify", "--json").stdout) == {"shards": len(lake.shards()), "problems": []}
        in_bucket = content(one)

    with machine(tmp_path / "folder") as folder:
        copy_captures(lake, lake_of(settings()))
        dateline("run")
        in_folder = content(folder)
    assert in_folder == in_bucket
    assert sum(rows for rows, _ in in_bucket.values()) > 1000

    with machine(tmp_path / "other", address) as other:
        dateline("rebuild")
        assert content(other) == in_bucket
        damaged = lake.shards("facts/quotes")[0]
        overwrite(lake.store, damaged.path, lake.store.read(damaged.path)[:-1] + b"x")
        told = json.loads(dateline("verify", "--json", code=1).stdout)
        assert told["problems"] == [f"{damaged.path}: its bytes have changed since it was written"]
        shutil.rmtree(other / "copies")
        assert damaged.path in dateline("rebuild").stdout
        assert json.loads(dateline("verify", "--json").stdout)["problems"] == []
        assert content(other) == in_bucket
