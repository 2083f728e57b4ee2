"""What a step has yet to do: inputs without an output of this version."""

from collections.abc import Iterable, Iterator
from datetime import date

from pipelines.lake import Lake, Shard


def output_version(version: str, source: Shard) -> str:
    """What an output is marked with: the code that made it, and the input that it was made from."""
    return f"{version}/{source.sha256[:12]}"


def pending(lake: Lake, source: str, output: str, version: str, day: date | None = None) -> Iterator[Shard]:
    """The input shards that have no output of this version; with `day`, of that day alone.

    Without a day, an input whose output is of an older version is left: a backfill of its day makes it anew.
    """
    done = {(s.day, s.shard): s.version for s in lake.shards(output)}
    for shard in lake.shards(source):
        made = done.get((shard.day, shard.shard))
        wanted = made is None if day is None else day == shard.day and made != output_version(version, shard)
        if wanted:
            yield shard


def outdated(lake: Lake, source: str, output: str, version: str) -> list[Shard]:
    """The input shards whose output is of an older version."""
    done = {(s.day, s.shard): s.version for s in lake.shards(output)}
    inputs: Iterable[Shard] = lake.shards(source)
    return [s for s in inputs if (s.day, s.shard) in done and done[s.day, s.shard] != output_version(version, s)]
