"""A bucket of S3, or of anything that speaks its protocol, as storage of the lake.

A commit is created by a conditional PUT (`If-None-Match: *`), which S3 answers for one of two writers only. Shards are
immutable and named by their hash, so that copies of them in a local folder are right however old they are.
Credentials, region and endpoint are those of the AWS environment variables.
"""

import hashlib
import io
import os
import re
from collections.abc import Buffer, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import IO, cast

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import S3Store

from pipelines.storage import SCHEME, Entry, Folder, StorageError, sha256

ENDPOINTS = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT")
PROBE = "_conditional"  # an object that every writer tries to create again


class Bucket:
    """Objects under a prefix of a bucket, with their copies in a local folder."""

    locked = False

    def __init__(self, bucket: str, prefix: str, copies: Folder) -> None:
        endpoint = next((os.environ[name] for name in ENDPOINTS if os.environ.get(name)), "")
        self.address = f"{SCHEME}{bucket}/{prefix}".rstrip("/")
        self._copies = copies
        self._proved = False
        with self._errors():
            self._store = S3Store(
                bucket,
                prefix=prefix or None,
                client_options={
                    "allow_http": endpoint.startswith("http://"),  # in the clear only where the user says so
                    "connect_timeout": timedelta(seconds=10),
                    "timeout": timedelta(minutes=5),
                },
                retry_config={"max_retries": 6, "retry_timeout": timedelta(minutes=1)},
            )

    def entries(self, prefix: str, after: str = "") -> list[Entry]:
        """See `Store`."""
        with self._errors():
            pages = obstore.list(self._store, prefix or None, offset=after or None, chunk_size=1000)
            found = [Entry(o["path"], o["e_tag"] or "", o["last_modified"]) for page in pages for o in page]
        return sorted(e for e in found if e.name > after)

    def read(self, name: str) -> bytes:
        """See `Store`."""
        with self._errors():
            return bytes(obstore.get(self._store, name).bytes())

    def create(self, name: str, content: bytes) -> None:
        """See `Store`."""
        try:
            self._create(name, content)
        except FileExistsError:
            # the same content is ours: the answer to a first attempt was lost, and it was retried
            if self.read(name) != content:
                raise

    def _create(self, name: str, content: bytes) -> None:
        with self._errors():
            obstore.put(self._store, name, content, mode="create", use_multipart=False)

    def scratch(self, stem: str) -> Path:
        """See `Store`."""
        return self._copies.scratch(stem)

    def put(self, scratch: Path, name: str) -> None:
        """See `Store`; the object is read back, and the scratch becomes its copy.

        Raises:
            StorageError: the object is not what was sent.
        """
        with self._errors():  # in one piece: an upload by parts that dies would leave its parts
            obstore.put(self._store, name, scratch, use_multipart=False)
        if self.sha256(name) != sha256(scratch):
            raise StorageError(f"{self.address}/{name} does not read back as it was written")
        self._copies.put(scratch, name)

    def local(self, name: str) -> Path:
        """See `Store`."""
        path = self._copies.local(name)
        if not path.is_file():
            scratch = self._copies.scratch(name)
            try:
                with scratch.open("wb") as file:
                    for part in self._parts(name):
                        file.write(part)
                self._copies.put(scratch, name)
            finally:
                scratch.unlink(missing_ok=True)
        return path

    def forget(self, name: str) -> None:
        """See `Store`."""
        self._copies.delete(name)

    @contextmanager
    def open(self, name: str, *, whole: bool) -> Iterator[Path | IO[bytes]]:
        """See `Store`; what is not read whole is fetched by ranges."""
        if whole:
            yield self.local(name)
            return
        with self._errors():
            size = obstore.head(self._store, name)["size"]
            yield cast("IO[bytes]", _Ranges(self._store, name, size))

    def sha256(self, name: str) -> str:
        """See `Store`."""
        digest = hashlib.sha256()
        for part in self._parts(name):
            digest.update(part)
        return digest.hexdigest()

    def _parts(self, name: str) -> Iterator[Buffer]:
        with self._errors():
            yield from obstore.get(self._store, name).stream()

    def delete(self, name: str) -> None:
        """See `Store`."""
        self.forget(name)
        with self._errors():
            obstore.delete(self._store, name)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """See `Store`: nobody is kept out. But once a process it is proved that the storage refuses a second creation.

        Raises:
            StorageError: it does not, so that one of two writers would undo what the other has committed.
        """
        if not self._proved:
            self._proved = self._refuses() or self._refuses()
        if not self._proved:
            raise StorageError(f"{self.address} does not know conditional writes (If-None-Match): no lake can be there")
        yield

    def _refuses(self) -> bool:
        try:
            self._create(PROBE, os.urandom(8))
        except FileExistsError:
            return True
        return False

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """Errors of the library as errors of files, with the line of them that says what is wrong."""
        try:
            yield
        except AlreadyExistsError as error:
            raise FileExistsError(f"{self.address}: {_line(error)}") from error
        except FileNotFoundError as error:
            kind = StorageError if "NoSuchBucket" in str(error) else FileNotFoundError
            raise kind(f"{self.address}: {_line(error)}") from error
        except BaseError as error:
            raise StorageError(f"{self.address}: {_line(error)}") from error


def _line(error: Exception) -> str:
    said = re.search(r"<Message>(.*?)</Message>", str(error), re.DOTALL)
    return said.group(1) if said else str(error).partition("\n")[0].strip()


class _Ranges(io.RawIOBase):
    """An object as a file that fetches what is read of it."""

    def __init__(self, store: S3Store, name: str, size: int) -> None:
        self._store, self._name, self._size, self._at = store, name, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, target: Buffer) -> int:
        view = memoryview(target).cast("B")
        length = max(min(len(view), self._size - self._at), 0)
        if length:
            view[:length] = memoryview(obstore.get_range(self._store, self._name, start=self._at, length=length))
            self._at += length
        return length
