"""Words of rising and falling (data/changes.toml)."""

import tomllib
from importlib.resources import files
from typing import Any

from pipelines.schemas import Change

TABLES: dict[str, Any] = tomllib.loads(files("pipelines.extract.data").joinpath("changes.toml").read_text("utf-8"))
DIRECTIONS: tuple[Change, Change] = ("up", "down")


def _words(part: str) -> dict[str, Change]:
    return {word: way for way in DIRECTIONS for word in TABLES[way][part].split()}


VERBS, ADVERBS, NOUNS = _words("verbs"), _words("adverbs"), _words("nouns")
MOVERS: dict[str, Change] = {word: way for way in DIRECTIONS for word in TABLES["moves"][way].split()}
