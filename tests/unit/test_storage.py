"""Storage: the same promises from a folder and from a bucket."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.bucket import Bucket
from pipelines.storage import StorageError, Store, at
from tests.s3 import BUCKET, OneAtATime

FOLDERS = ("facts/quotes", "facts/quotes/day=2026-03-02", "clean")
NAMES = st.builds("{}/{}".format, st.sampled_from(FOLDERS), st.sampled_from(["a", "b", "a-1.parquet"]))
CONTENTS = st.binary(max_size=20)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["put", "create"]), NAMES, CONTENTS),
        st.tuples(st.sampled_from(["delete", "forget", "local"]), NAMES, st.just(b"")),
    ),
    max_size=12,
)


def put(store: Store, name: str, content: bytes) -> None:
    scratch = store.scratch(name)
    scratch.write_bytes(content)
    store.put(scratch, name)
    assert not scratch.exists()


def create(store: Store, name: str, content: bytes, there: dict[str, bytes]) -> None:
    if there.get(name, content) != content:
        with pytest.raises(FileExistsError):
            store.create(name, content)
    elif name not in there:
        store.create(name, content)
        there[name] = content


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, after=NAMES)
def test_any_sequence_of_operations_is_as_with_a_dictionary(
    new_store: Callable[[], Store], steps: list[tuple[str, str, bytes]], after: str
) -> None:
    store, there = new_store(), dict[str, bytes]()
    for operation, name, content in steps:
        if operation == "put":
            store.forget(name)  # an immutable file has its name once; the copy of another would be out of date
            put(store, name, content)
            there[name] = content
        elif operation == "create":
            create(store, name, content, there)
        elif operation == "local" and name in there:
            assert store.local(name).read_bytes() == there[name]
        elif operation == "delete":
            store.delete(name)
            there.pop(name, None)
        elif operation == "forget":
            store.forget(name)
        assert [e.name for e in store.entries("")] == sorted(there)
    for name, content in there.items():
        assert (store.read(name), store.local(name).read_bytes()) == (content, content)
        assert store.sha256(name) == hashlib.sha256(content).hexdigest()
    for folder in FOLDERS:
        inside = sorted(name for name in there if name.startswith(folder + "/"))
        assert [e.name for e in store.entries(folder)] == inside
        assert [e.name for e in store.entries(folder, after)] == [name for name in inside if name > after]


def test_another_content_has_another_mark(store: Store) -> None:
    put(store, "clean/a", b"one")
    (first,) = store.entries("clean")
    assert store.entries("clean") == [first]
    put(store, "clean/a", b"two")
    (second,) = store.entries("clean")
    assert second.mark != first.mark
    assert abs(datetime.now(UTC) - second.modified) < timedelta(minutes=1)


def test_what_is_not_there_is_no_file(store: Store) -> None:
    put(store, "clean/a", b"one")
    for ask in (store.read, store.sha256, lambda name: store.local(name).read_bytes()):
        with pytest.raises(FileNotFoundError):
            ask("clean/b")
    store.delete("clean/b")
    assert store.entries("facts") == []


@pytest.mark.parametrize("round_", range(5))
def test_of_many_who_create_one_file_exactly_one_succeeds(store: Store, round_: int) -> None:
    name, start, won = f"_commits/{round_:09d}.json", Barrier(8), []

    def writer(number: int) -> None:
        start.wait()
        try:
            store.create(name, b"writer %d" % number)
        except FileExistsError:
            return
        won.append(b"writer %d" % number)

    put(store, "_commits/before", b"")
    threads = [Thread(target=writer, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert won == [store.read(name)]


def test_a_creation_whose_answer_was_lost_is_known_for_one_s_own(tmp_path: Path, s3: OneAtATime) -> None:
    store = at(f"s3://{BUCKET}/lost-answer", tmp_path)
    store.create("_commits/1", b"mine")
    store.create("_commits/1", b"mine")  # as the client does after a broken connection
    with pytest.raises(FileExistsError):
        store.create("_commits/1", b"another's")
    assert s3.deaf_to is None


def test_a_storage_that_does_not_know_conditional_writes_is_refused(
    tmp_path: Path, s3: OneAtATime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(s3, "deaf_to", "HTTP_IF_NONE_MATCH")
    with pytest.raises(StorageError, match="conditional writes"), at(f"s3://{BUCKET}/deaf", tmp_path).alone():
        raise AssertionError("nobody may write there")
    monkeypatch.undo()
    with at(f"s3://{BUCKET}/deaf", tmp_path).alone():
        pass


def test_a_bucket_that_is_not_there_is_named(tmp_path: Path, s3: OneAtATime) -> None:
    assert s3.deaf_to is None
    store = at("s3://no-such-bucket/lake", tmp_path)
    with pytest.raises(StorageError, match=r"s3://no-such-bucket/lake.*The specified bucket does not exist"):
        store.create("_commits/1", b"")


@pytest.mark.parametrize("address", ["gs://bucket/lake", "https://example.org/lake", "s3:///lake", "s3://"])
def test_an_address_of_another_kind_is_refused(tmp_path: Path, address: str) -> None:
    with pytest.raises(StorageError, match="s3://bucket/prefix"):
        at(address, tmp_path)


def test_a_folder_is_a_folder_however_it_is_given(tmp_path: Path) -> None:
    put(at(str(tmp_path), tmp_path), "clean/a", b"one")
    assert at(tmp_path, tmp_path).read("clean/a") == b"one"


def test_of_a_large_object_only_what_is_read_is_fetched(tmp_path: Path, s3: OneAtATime) -> None:
    store = at(f"s3://{BUCKET}/ranges", tmp_path)
    assert isinstance(store, Bucket)
    scratch, rows = store.scratch("raw/a"), 5000
    content = pa.array([hashlib.sha512(b"%d" % n).digest() * 8 for n in range(rows)])
    pq.write_table(pa.table({"id": range(rows), "content": content}), scratch, compression="none", use_dictionary=False)
    size = scratch.stat().st_size
    store.put(scratch, "raw/a")
    store.forget("raw/a")
    before = s3.sent
    with store.open("raw/a", whole=False) as file, pq.ParquetFile(file) as table:
        assert table.read(["id"]).column(0).to_pylist() == list(range(rows))
    assert 0 < s3.sent - before < size / 10
    with store.open("raw/a", whole=False) as file, pq.ParquetFile(file) as table:
        assert table.read().column("content").combine_chunks() == content
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []
