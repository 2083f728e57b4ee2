"""The log of the lake: numbered commits, each of which says which shards count from then on and which no longer.

A commit is created whole, and only if its number is free. Every so often a checkpoint says the same as all commits up
to its number, so that nobody has to read them all.
"""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from pipelines.storage import Entry, Store, at_once

COMMITS = "_commits"
CHECKPOINT = ".checkpoint.json"
CHECKPOINT_EVERY = 200


class LakeError(Exception):
    """Something in the lake is not as it was written; the message names it."""


class OvertakenError(LakeError):
    """Another writer committed first; start again from what the lake holds now."""

    def __init__(self, commit: int) -> None:
        super().__init__(f"commit {commit} exists: another run wrote the lake meanwhile; run again")


@dataclass(frozen=True)
class Shard:
    """A file of the lake, as its commit describes it."""

    table: str
    day: date
    shard: str
    path: str
    rows: int
    sha256: str
    version: str

    @classmethod
    def from_json(cls, entry: Mapping[str, Any]) -> "Shard":
        """The shard of an entry in a commit."""
        return cls(**{**entry, "day": date.fromisoformat(entry["day"])})

    def to_json(self) -> dict[str, Any]:
        """The entry of the shard in a commit."""
        return {**asdict(self), "day": self.day.isoformat()}


class Log:
    """The commits in a storage."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._checkpoint = 0
        self._known: dict[Entry, Mapping[str, Any]] = {}

    def state(self, until: int | None = None) -> tuple[int, dict[str, Shard]]:
        """The last commit's number and the shards that count by their path; as they were after the commit `until`."""
        live: dict[str, Shard] = {}
        number = 0
        for commit in self._commits():
            if until is not None and commit["commit"] > until:
                break
            number = commit["commit"]
            if commit.get("checkpoint"):
                live = {}
            for path in commit["removed"]:
                live.pop(path, None)
            live |= {e["path"]: Shard.from_json(e) for e in commit["added"]}
        return number, live

    def append(self, number: int, added: Iterable[Shard], removed: Iterable[Shard]) -> None:
        """Commit under this number.

        Raises:
            OvertakenError: the number is taken.
        """
        self._create(
            f"{number:09d}.json",
            {"commit": number, "added": [s.to_json() for s in added], "removed": [s.path for s in removed]},
        )
        if number % CHECKPOINT_EVERY == 0:
            live = [s.to_json() for s in self.state(number)[1].values()]
            self._create(
                f"{number:09d}{CHECKPOINT}", {"commit": number, "checkpoint": True, "added": live, "removed": []}
            )

    def _create(self, name: str, commit: Mapping[str, Any]) -> None:
        signed = {**commit, "by": os.urandom(8).hex()}  # of two writers of the same, one was not first
        try:
            self._store.create(f"{COMMITS}/{name}", json.dumps(signed, indent=1).encode() + b"\n")
        except FileExistsError as error:
            raise OvertakenError(commit["commit"]) from error

    def _commits(self) -> Iterable[Mapping[str, Any]]:
        """The commits from the last checkpoint on, in order; what was read before is not read again."""
        files = self._files()
        new = [f for f in files if f not in self._known]
        read = dict(zip(new, at_once(lambda f: json.loads(self._store.read(f.name)), new), strict=True))
        self._known = {f: read[f] if f in read else self._known[f] for f in files}
        return self._known.values()

    def _files(self) -> list[Entry]:
        known = f"{COMMITS}/{self._checkpoint:09d}"
        files = [e for e in self._store.entries(COMMITS, known) if e.name.endswith(".json")]
        points = [i for i, e in enumerate(files) if e.name.endswith(CHECKPOINT)]
        if self._checkpoint and not points:  # it is another lake than before
            self._checkpoint = 0
            return self._files()
        if points:
            files = files[points[-1] :]
            self._checkpoint = int(PurePosixPath(files[0].name).name.removesuffix(CHECKPOINT))
        return files
