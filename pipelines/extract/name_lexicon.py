"""Words that tell what kind of thing a name is."""

import tomllib
from functools import cache
from importlib.resources import files


@cache
def lexicon(table: str) -> dict[str, frozenset[str]]:
    """Cue words of one table of `data/name_cues.toml`, by class."""
    text = (files(__package__) / "data" / "name_cues.toml").read_text("utf-8")
    return {kind: frozenset(words) for kind, words in tomllib.loads(text)[table].items()}


@cache
def given_names() -> dict[str, str]:
    """Given names in small letters -> male or female."""
    text = (files(__package__) / "data" / "given_names.toml").read_text("utf-8")
    return {name: gender for gender, names in tomllib.loads(text).items() for name in names.split()}


@cache
def occupations() -> frozenset[str]:
    """Nouns that say what a person does, in small letters."""
    text = (files("pipelines.reference") / "roles.toml").read_text("utf-8")
    return frozenset(word for words in tomllib.loads(text).values() for word in words.split())
