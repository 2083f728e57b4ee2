"""Parts of speech, morphology and lemmas, as spaCy's attribute ruler gives them, from a table that fills itself.

The ruler runs a matcher with some two hundred patterns over every document, a sixth of the model's time. What it sets
on a token depends on its tag, its role and, where a pattern names words, its word; and, for the few patterns of several
tokens, on the same of its neighbours. So each such window is put to the ruler once, and looked up from then on.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import DEP, LEMMA, LOWER, MORPH, POS, TAG
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

SEEN = [LOWER, TAG, DEP]
SET = [TAG, POS, MORPH, LEMMA, DEP]
ANY_WORD, ANY_BLANK = "word-in-no-pattern", " "
KNOWN = frozenset({"LOWER", "TAG", "DEP", "IS_SPACE"})
PREDICATES = frozenset({"IN", "NOT_IN", "REGEX"})

type Token = tuple[int, int, int]  # what is seen of it
type Attributes = NDArray[np.uint64]


@Language.factory("attribute_table", default_config={"pipe": "attribute_ruler"})
def attribute_table(nlp: Language, name: str, pipe: str) -> Callable[[Doc], Doc]:  # noqa: ARG001  # spaCy's signature
    """The pipe that does the work of `pipe`."""
    return from_table(nlp.get_pipe(pipe))  # type: ignore[arg-type]  # spaCy types pipes as functions


def from_table(ruler: AttributeRuler) -> Callable[[Doc], Doc]:
    """What does to a document what the ruler does; the ruler itself, if its patterns look at what is not known here."""
    patterns = _patterns(ruler)
    if not all(_is_known(token) for pattern in patterns for token in pattern):
        return ruler
    vocab, word = ruler.vocab, _words(ruler)
    reach = max(map(len, patterns), default=1) - 1
    longer, opening = Matcher(vocab), Matcher(vocab)
    for number, pattern in enumerate(p for p in patterns if len(p) > 1):
        longer.add(str(number), [pattern])
        opening.add(str(number), [pattern[:1]])
    table: Attributes = np.empty((0, len(SET)), dtype="uint64")
    place: dict[Token, int] = {}
    openers: set[int] = set()  # places of tokens that a longer pattern may begin with

    def alone(window: tuple[Token, ...]) -> Doc:
        words, tags, deps = ([vocab.strings[value] for value in column] for column in zip(*window, strict=True))
        return Doc(vocab, words=words, tags=tags, deps=deps)

    @cache
    def asked(window: tuple[Token, ...], at: int) -> Any:
        return ruler(alone(window)).to_array(SET)[at]

    def add(token: Token) -> None:
        nonlocal table
        place[token] = len(table)
        table = np.vstack([table, asked((token,), 0)])
        if opening(alone((token,)), allow_missing=True):
            openers.add(place[token])

    def annotate(doc: Doc) -> Doc:
        tokens = [(word(lower), tag, dep) for lower, tag, dep in doc.to_array(SEEN).tolist()]
        for token in set(tokens) - place.keys():
            add(token)
        places = [place[token] for token in tokens]
        rows: Any = table[places]
        starts = [i for i, found in enumerate(places) if found in openers]
        spans = ((i + a, i + b) for i in starts for _, a, b in longer(doc[i : i + reach + 1], allow_missing=True))
        for at in {at for span in spans for at in range(*span)}:
            start = max(at - reach, 0)
            rows[at] = asked(tuple(tokens[start : at + reach + 1]), at - start)
        return doc.from_array(SET, rows) if tokens else doc

    return annotate


def _patterns(ruler: AttributeRuler) -> list[list[dict[str, Any]]]:
    entries: list[Any] = ruler.patterns
    return [pattern for entry in entries for pattern in entry["patterns"]]


def _is_known(token: dict[str, Any]) -> bool:
    lower = token.get("LOWER", "")
    return token.keys() <= KNOWN and (isinstance(lower, str) or lower.keys() <= PREDICATES)


def _words(ruler: AttributeRuler) -> Callable[[int], int]:
    """What stands for a word before the ruler: itself, or one of two words for all that no pattern names."""
    strings = ruler.vocab.strings
    named = [form for pattern in _patterns(ruler) for form in _named(pattern)]
    telling = re.compile("|".join(named) or r"(?!)")
    word, blank = strings.add(ANY_WORD), strings.add(ANY_BLANK)

    @cache
    def stands_for(lower: int) -> int:
        text = strings[lower]
        if telling.search(text):
            return lower
        return blank if text.isspace() else word

    return stands_for


def _named(pattern: list[dict[str, Any]]) -> Iterator[str]:
    """The words that a pattern names, as regular expressions."""
    for token in pattern:
        match token.get("LOWER"):
            case str(form):
                yield rf"^{re.escape(form)}$"
            case {"REGEX": str(expression)}:
                yield expression
            case {"IN": list(forms)} | {"NOT_IN": list(forms)}:
                yield from (rf"^{re.escape(form)}$" for form in forms)
