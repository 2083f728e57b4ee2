"""Words that report speech, thought and intention, by class."""

import tomllib
from functools import cache, lru_cache
from importlib.resources import files

from spacy.tokens import Token

_NONE: frozenset[str] = frozenset()
PARTS = {"NOUN": "nouns", "ADJ": "adjectives"}
SAID = frozenset({"said", "says"})  # whatever the tagger takes them for
VERBS = frozenset({"VERB", "AUX"})
SPEECH = frozenset({"say", "tell", "speak", "ask", "order"})


@cache
def _lexicon() -> dict[str, dict[str, frozenset[str]]]:
    table = tomllib.loads((files(__package__) / "data" / "cues.toml").read_text("utf-8"))
    return {part: _by_lemma(classes) for part, classes in table.items()}


def _by_lemma(classes: dict[str, str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name, lemmas in classes.items():
        for lemma in lemmas.split():
            found.setdefault(lemma, set()).add(name)
    return {lemma: frozenset(names) for lemma, names in found.items()}


@lru_cache(maxsize=2**14)
def classes_of(pos: str, lemma: str) -> frozenset[str]:
    """The classes of reporting words that a verb, noun or adjective belongs to; empty for any other word."""
    return _lexicon()[PARTS.get(pos, "verbs")].get(lemma.lower(), _NONE)


def cue_classes(token: Token) -> frozenset[str]:
    """As `classes_of`, for a token."""
    return classes_of(token.pos_, token.lemma_)


def can_speak(pos: str, lemma: str, lower: str) -> bool:
    """Whether a verb can stand with a direct quote: says, tells, shouts, asks, urges."""
    return lower in SAID or (pos in VERBS and bool(classes_of(pos, lemma) & SPEECH))


def speaks(token: Token) -> bool:
    """As `can_speak`, for a token."""
    return can_speak(token.pos_, token.lemma_, token.lower_)
