"""How sure a figure is asserted, and whether its assertion is negated, by the words over it in the parse."""

import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import cast

from spacy.tokens import Token

from pipelines.schemas import Hedge

ORDER: tuple[Hedge, ...] = ("denied", "possible", "planned", "expected", "estimated", "reported")
ISLANDS = frozenset({"relcl", "acl", "appos", "parataxis"})
HELPERS = frozenset({"aux", "auxpass", "advmod", "neg", "acomp", "oprd"})
AGENTS = frozenset({"PERSON", "ORG", "GPE", "NORP"})


@cache
def _lexicon() -> dict[str, dict[str, frozenset[str]]]:
    table = tomllib.loads((files(__package__) / "data" / "hedges.toml").read_text("utf-8"))
    return {part: {name: frozenset(words.split()) for name, words in rows.items()} for part, rows in table.items()}


def scope(figure: Token, cue: Token | None) -> list[Token]:
    """The words over a figure, innermost first, up to the word that reports it or to the clause that stands alone."""
    found = []
    token = figure
    while token.head != token:
        if token.dep_ in ISLANDS and token.pos_ in {"VERB", "AUX"}:
            break
        if cue is not None and token == cue:
            break
        token = token.head
        found.append(token)
    return found


def hedge(figure: Token, over: Sequence[Token], cue: Token | None) -> Hedge:
    """The weakest of the moods that the words over and beside a figure give it."""
    moods = set(_moods(figure, over, cue))
    return next((mood for mood in ORDER if mood in moods), "asserted")


def _moods(figure: Token, over: Sequence[Token], cue: Token | None) -> Iterator[Hedge]:
    governing, beside = _lexicon()["governing"], _lexicon()["beside"]
    for token in [*over, *([cue] if cue is not None else [])]:
        yield from _in(governing, token.lemma_.lower())
    for token in (figure, *over):
        if token == cue:
            continue
        for child in token.children:
            if child.dep_ in HELPERS or child.dep_ == "amod":
                yield from _in(beside, child.lower_)
                yield from _in(governing, child.lemma_.lower()) if child.dep_ in {"acomp", "oprd", "amod"} else ()


def _in(table: dict[str, frozenset[str]], word: str) -> Iterator[Hedge]:
    for mood, words in table.items():
        if word in words:
            yield cast("Hedge", mood)


def negated(over: Sequence[Token], cue: Token | None) -> bool:
    """Whether an odd number of negative words stands over a figure's clause."""
    words = _lexicon()["negative"]["words"]
    count = 0
    for token in over:
        if token == cue:
            break
        count += token.lemma_.lower() in words
        count += sum(c.dep_ == "neg" or (c.dep_ == "acomp" and c.lower_ in words) for c in token.children)
    return count % 2 == 1
