"""Whether a word is a plural noun, by its look alone."""

import tomllib
from importlib.resources import files

_PLURALS = frozenset(
    tomllib.loads(files("pipelines.extract.data").joinpath("exclusions.toml").read_text("utf-8"))["plurals"][
        "words"
    ].split()
)
_VERBS = frozenset(
    ["is", "was", "has", "does", "rises", "falls", "gains", "s", "this", "as", "us", "its", "his", "says"]
)


def is_plural(word: str) -> bool:
    """Whether a word may be a plural noun, by its look."""
    if word.endswith("s"):
        return not word.endswith(("ss", "is", "us")) and word not in _VERBS
    return word in _PLURALS or word.endswith(("men", "children"))
