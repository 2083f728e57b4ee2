"""Where the lake's files lie: a folder, or a bucket of S3. A few operations, and the same promises from both.

A file appears under its name whole or not at all. A file that is created is created once, whoever else tries. What is
listed is all that was there before the list was asked for.
"""

import fcntl
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, NamedTuple, Protocol

SCHEME = "s3://"
WRITING = ".writing"  # end of the name of a file that is being written
AT_ONCE = 8  # files that are read, fetched or hashed at the same time


class StorageError(OSError):
    """The storage cannot be reached or does not do what it has to; the message says what and where."""


class Entry(NamedTuple):
    """A file in a list: its name, a mark that another content would not have, and when it was written."""

    name: str
    mark: str
    modified: datetime


class Store(Protocol):
    """Files by name; names have slashes. Every operation raises OSError if the storage fails."""

    address: str
    """Where it is, as the settings name it."""
    locked: bool
    """Whether `alone` keeps other writers out; if not, only the creation of commits tells who was first."""

    def entries(self, prefix: str, after: str = "") -> list[Entry]:
        """The files under a prefix that ends at a slash, in order of their names, those behind `after`."""

    def read(self, name: str) -> bytes:
        """The bytes of a small file."""

    def create(self, name: str, content: bytes) -> None:
        """Write a small file; FileExistsError if the name is taken by another content."""

    def scratch(self, stem: str) -> Path:
        """A local file that nobody reads, to be written and given to `put`."""

    def put(self, scratch: Path, name: str) -> None:
        """Let a written file appear under its name, whatever was there; the scratch is gone then."""

    def local(self, name: str) -> Path:
        """A local file with these bytes, for programs that read nothing else; it is not to be written."""

    def forget(self, name: str) -> None:
        """Give up the local copy, where there is one beside the file itself."""

    def open(self, name: str, *, whole: bool) -> AbstractContextManager[Path | IO[bytes]]:
        """The file for reading: `whole` if most of it will be read, and again."""

    def sha256(self, name: str) -> str:
        """SHA-256 of the file itself, not of a copy."""

    def delete(self, name: str) -> None:
        """Remove a file, if it is there."""

    def alone(self) -> AbstractContextManager[None]:
        """Keep other writers out while it lasts, if `locked`."""


def at(address: Path | str, cache: Path) -> Store:
    """The storage at an address: a folder, or `s3://bucket/prefix`, whose files have their local copies in `cache`.

    Raises:
        StorageError: the address is of no kind that is known.
    """
    text = str(address)
    if isinstance(address, str) and address.startswith(SCHEME):
        from pipelines.bucket import Bucket

        bucket, _, prefix = address.removeprefix(SCHEME).partition("/")
        if bucket:
            return Bucket(bucket, prefix.strip("/"), Folder(cache / bucket / prefix))
    if isinstance(address, str) and "://" in text:
        raise StorageError(f"{text} is no place for a lake: give a folder or s3://bucket/prefix")
    return Folder(Path(address))


class Folder:
    """Files under a folder of a file system with locks, hard links and atomic renames."""

    locked = True

    def __init__(self, root: Path) -> None:
        self.root = root
        self.address = str(root)

    def entries(self, prefix: str, after: str = "") -> list[Entry]:
        """See `Store`."""
        found = sorted((str(p.relative_to(self.root)), p) for p in (self.root / prefix).rglob("*") if p.is_file())
        return [_entry(name, path) for name, path in found if name > after]

    def read(self, name: str) -> bytes:
        """See `Store`."""
        return (self.root / name).read_bytes()

    def create(self, name: str, content: bytes) -> None:
        """See `Store`."""
        path, beside = self.root / name, self.scratch(name)
        try:
            beside.write_bytes(content)
            sync(beside)
            os.link(beside, path)  # fails where the name is taken, and shows the file only whole
        finally:
            beside.unlink(missing_ok=True)
        sync(path.parent)

    def scratch(self, stem: str) -> Path:
        """See `Store`."""
        path = self.root / stem
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.with_name(f".{path.name}.{os.urandom(6).hex()}{WRITING}")  # threads and machines have the same ids

    def put(self, scratch: Path, name: str) -> None:
        """See `Store`."""
        sync(scratch)
        scratch.replace(self.root / name)
        sync((self.root / name).parent)

    def local(self, name: str) -> Path:
        """See `Store`."""
        return self.root / name

    def forget(self, name: str) -> None:
        """See `Store`: there is no copy."""

    @contextmanager
    def open(self, name: str, *, whole: bool) -> Iterator[Path]:
        """See `Store`."""
        del whole
        yield self.root / name

    def sha256(self, name: str) -> str:
        """See `Store`."""
        return sha256(self.root / name)

    def delete(self, name: str) -> None:
        """See `Store`."""
        (self.root / name).unlink(missing_ok=True)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """See `Store`."""
        self.root.mkdir(parents=True, exist_ok=True)
        with locked(self.root):
            yield


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Be the only one, over all processes, that has this folder; the kernel frees the lock if the process dies."""
    with (folder / "_lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _entry(name: str, path: Path) -> Entry:
    status = path.stat()
    mark = f"{status.st_ino} {status.st_size} {status.st_mtime_ns}"
    return Entry(name, mark, datetime.fromtimestamp(status.st_mtime, UTC))


def sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sha256(path: Path) -> str:
    """SHA-256 of a file's bytes, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def at_once[Item, Result](function: Callable[[Item], Result], items: Iterable[Item]) -> list[Result]:
    """The results in the order of the items; a few are worked at together, for most of it is waiting."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(function, items))
