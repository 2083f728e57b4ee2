"""The engine on a Ray cluster of three nodes, each processes of its own; two of them are killed while they work."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from typer.testing import CliRunner

from pipelines import cluster as engines
from pipelines import engine
from pipelines.clean import sandbox
from pipelines.clean.document import Document
from pipelines.clean.rejected import Rejected
from pipelines.cli import app
from pipelines.engine import EngineError
from pipelines.lake import Lake
from pipelines.settings import PROJECT, settings
from pipelines.steps import clean, extract
from pipelines.storage import at
from tests.faults.test_documents import STORY, hostile
from tests.s3 import BUCKET, OneAtATime, copy_captures

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")  # Ray's own pipes
NODES = 3
NODE: dict[str, Any] = {
    "num_cpus": 1,
    "object_store_memory": 80 << 20,  # bytes, about the least that Ray takes
    "include_dashboard": False,
}


@pytest.fixture
def on_ray(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """The settings name Ray and no cluster."""
    monkeypatch.setenv("DATELINE_ENGINE", "ray")
    monkeypatch.delenv("RAY_ADDRESS", raising=False)
    settings.cache_clear()
    yield monkeypatch
    settings.cache_clear()


@pytest.fixture(scope="module")
def notes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all nodes know."""
    return tmp_path_factory.mktemp("notes")


@pytest.fixture(scope="module", autouse=True)
def environment(notes: Path) -> Iterator[None]:
    """What Ray reads once, as it is imported, and its nodes begin with: clusters are for those who have their token."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAY_AUTH_MODE", "token")
        patch.setenv("RAY_AUTH_TOKEN", uuid4().hex)
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        patch.setenv("TEST_NOTES", str(notes))
        patch.setenv("PYTHONPATH", str(PROJECT))  # functions of the tests are no part of the package that is sent
        yield


@pytest.fixture(scope="module")
def nodes() -> Iterator[Any]:
    """A cluster of three nodes with a CPU each."""
    import ray
    from ray.cluster_utils import Cluster

    cluster = Cluster(initialize_head=True, head_node_args=NODE)
    for _ in range(NODES - 1):
        cluster.add_node(wait=False, **NODE)
    cluster.wait_for_nodes()
    try:
        yield cluster
    finally:
        ray.shutdown()
        cluster.shutdown()


@pytest.fixture
def cluster(nodes: Any, on_ray: pytest.MonkeyPatch) -> Any:
    """The cluster, which the settings name."""
    while len(nodes.worker_nodes) < NODES - 1:  # of those that a test has killed
        nodes.add_node(**NODE)
    on_ray.setenv("DATELINE_RAY_ADDRESS", nodes.address)
    settings.cache_clear()
    return nodes


def doubled_there(number: int) -> tuple[str, str, int]:
    import ray

    import pipelines

    folder, here = Path(os.environ["TEST_NOTES"]), ray.get_runtime_context().get_node_id()
    (folder / here).touch()
    wait_for(lambda: len(list(folder.iterdir())) == NODES)
    return here, pipelines.__file__, 2 * number


def wait_for(what: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not what() and time.monotonic() < deadline:
        time.sleep(0.02)


def broken(number: int) -> int:
    if number == 3:
        raise ValueError("three")
    return number


def deadly(_: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def outcomes(*texts: str) -> list[str]:
    documents = (Document(text=text) for text in texts)
    found = sandbox.clean_all(hostile, documents, workers=1, seconds=5, megabytes=1024)
    return [one.reason if isinstance(one, Rejected) else "clean" for one in found]


def test_without_a_cluster_it_is_told_what_is_missing(on_ray: pytest.MonkeyPatch) -> None:
    def told() -> str:
        settings.cache_clear()
        with pytest.raises(EngineError) as raised:
            next(engine.run(broken, [1], workers=1))
        return str(raised.value)

    assert "set DATELINE_RAY_ADDRESS" in told()
    on_ray.setenv("DATELINE_RAY_ADDRESS", "127.0.0.1:9")
    assert told().startswith("no Ray cluster answers at 127.0.0.1:9 (DATELINE_RAY_ADDRESS): ")
    on_ray.setenv("DATELINE_RAY_ADDRESS", "head")
    assert told().startswith("no Ray cluster answers at head ")
    on_ray.setitem(sys.modules, "ray", None)
    assert 'pip install -e ".[cluster]"' in told()


def test_an_unknown_engine_is_told_without_a_traceback(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert data
    monkeypatch.setenv("DATELINE_ENGINE", "spark")
    settings.cache_clear()
    result = CliRunner().invoke(app, ["status"])
    assert (result.exit_code, result.stderr.strip()) == (2, "DATELINE_ENGINE: Input should be 'local' or 'ray'")


def test_results_come_in_order_from_all_nodes_which_run_the_code_that_was_sent(
    cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cluster
    monkeypatch.chdir(tmp_path)
    found = list(engine.run(doubled_there, range(20), workers=1))
    assert [number for *_, number in found] == [2 * n for n in range(20)]
    assert len({node for node, *_ in found}) == NODES
    assert all("py_modules" in place for _, place, _ in found)
    results = engine.run(broken, range(6), workers=1)
    assert [next(results), next(results), next(results)] == [0, 1, 2]
    with pytest.raises(ValueError, match="three"):
        next(results)
    monkeypatch.setattr(engines, "RETRIES", 1)
    with pytest.raises(EngineError, match="lost a piece of work 2 times: "):
        next(engine.run(deadly, [1], workers=1))


def test_nodes_keep_the_limits_of_each_document(cluster: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cluster
    monkeypatch.setattr(sandbox, "_PIECE", 2)
    assert outcomes(STORY, "hang", STORY, "abort", STORY, "memory", "fault", STORY) == [
        "clean", "timeout", "clean", "crash", "clean", "memory", "fault", "clean",
    ]  # fmt: skip


def test_with_a_node_killed_in_each_step_the_lake_is_that_of_the_local_engine(
    cluster: Any, notes: Path, examples: Path, s3: OneAtATime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert s3
    monkeypatch.setattr(engines, "_done", noted)
    monkeypatch.setattr(sandbox, "_PIECE", 2)
    monkeypatch.setattr(extract, "CHUNK", 2)
    local, lake = Lake(examples / "lake"), Lake(at(f"s3://{BUCKET}/{uuid4()}", tmp_path))
    copy_captures(local, lake)
    for pending, step in ((clean.pending_shards, clean.clean_shard), (extract.pending_shards, extract.extract_shard)):
        with killing(cluster, notes):
            for shard in pending(lake):
                step(lake, shard, settings())
        assert not list(pending(lake))
    assert hashes(lake) == hashes(local)


def noted(function: Callable[[Any], Any], item: Any) -> Any:
    """A piece on its node: it waits until the node that will be killed has one, too, which is never done there."""
    import ray

    folder, here = Path(os.environ["TEST_NOTES"]), ray.get_runtime_context().get_node_id()
    (folder / here).touch()
    victim = (folder / "victim").read_text()
    wait_for(lambda: here != victim and (folder / victim).exists())
    return engines._done(function, item)


@contextmanager
def killing(cluster: Any, notes: Path) -> Iterator[None]:
    """Kill a node as soon as it has a piece of work."""
    victim = cluster.worker_nodes.copy().pop()
    (notes / victim.node_id).unlink(missing_ok=True)
    (notes / "victim").write_text(victim.node_id)

    def kill() -> bool:
        wait_for((notes / victim.node_id).exists)
        cluster.remove_node(victim, allow_graceful=False)
        return bool((notes / victim.node_id).exists())

    with ThreadPoolExecutor(1) as thread:
        killed = thread.submit(kill)
        yield
        assert killed.result(), "no work came to the node"


def hashes(lake: Lake) -> dict[tuple[str, str, str], str]:
    return {(s.table, s.day.isoformat(), s.shard): s.sha256 for s in lake.shards()}
