"""Damage in the lake: articles and facts follow from the captures, so that they can be made anew."""

from datetime import date

from pipelines.lake import Lake, Shard
from pipelines.settings import Settings
from pipelines.steps import clean, extract
from pipelines.storage import Store

Part = tuple[str, date, str]  # layer, day, shard: the tables of it are written together


def heal(lake: Lake, limits: Settings) -> list[str]:
    """Make what is damaged of articles and facts anew, and give the paths of the shards that were damaged.

    Raises:
        LakeError: a capture that they come from is damaged as well.
    """
    damaged = [s for s in lake.shards() if not s.table.startswith("raw/") and lake.damage(s)]
    sound = _Sound(lake.store, {_part(s) for s in damaged})
    for shard in sorted(sound.shards("raw/captures"), key=lambda s: s.day):
        if ("clean", shard.day, shard.shard) in sound.hidden:
            clean.clean_shard(sound, shard, limits)
            sound.hidden.remove(("clean", shard.day, shard.shard))
    changed = extract.outdated_shards(sound) if damaged else []
    for shard in sound.shards("clean/articles"):
        part = ("facts", shard.day, shard.shard)
        if part in sound.hidden or (shard in changed and any(_part(s) == _part(shard) for s in damaged)):
            extract.extract_shard(sound, shard, limits)
            sound.hidden.discard(part)
    return [s.path for s in damaged]


class _Sound(Lake):
    """The lake without the parts that are damaged, as whoever makes them anew has to see it."""

    def __init__(self, store: Store, hidden: set[Part]) -> None:
        super().__init__(store)
        self.hidden = hidden

    def shards(self, table: str | None = None) -> list[Shard]:
        """See `Lake`."""
        return [s for s in super().shards(table) if _part(s) not in self.hidden]


def _part(shard: Shard) -> Part:
    return shard.table.partition("/")[0], shard.day, shard.shard
