"""What the parse says of a time: where its verb points, and whether a word that has other senses is a time here."""

from dataclasses import replace

import numpy as np
from spacy.attrs import IDX
from spacy.tokens import Doc, Token

from pipelines.extract.timex_lexer import Lexeme
from pipelines.extract.timex_meaning import FUTURE, PAST, PRESENT

_CLIMB = 40
_FUTURE_AUX = frozenset(("will", "'ll", "’ll", "shall", "wo"))
_OPEN_AUX = frozenset(("would", "could", "may", "might", "should", "must", "can"))
_AHEAD = frozenset(
    (
        "expect",
        "schedule",
        "plan",
        "due",
        "slate",
        "set",
        "intend",
        "hope",
        "aim",
        "propose",
        "want",
        "prepare",
        "await",
    )
)


class Parse:
    """A document's tokens by their place in the text."""

    def __init__(self, doc: Doc) -> None:
        """Take the offsets of all tokens at once."""
        self.doc = doc
        self.starts: np.ndarray = doc.to_array([IDX]).reshape(-1)

    def token(self, offset: int) -> Token:
        """The token that holds a character."""
        return self.doc[max(0, int(np.searchsorted(self.starts, offset, side="right")) - 1)]

    def direction(self, offset: int) -> int:
        """Where the verb that governs a place in the text points: past, future, or neither."""
        token = self.token(offset)
        for _ in range(_CLIMB):
            if token.pos_ in ("VERB", "AUX"):
                found = _verb_direction(token)
                if found is not None:
                    return found
            elif token.lemma_ in _AHEAD and token.dep_ in ("acomp", "amod"):
                return FUTURE
            if token.head is token:
                break
            token = token.head
        return PRESENT


def _verb_direction(verb: Token) -> int | None:
    """The direction of a verb with its auxiliaries; nothing for one that has no tense of its own."""
    auxiliaries = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    forms = {child.lower_ for child in auxiliaries}
    if forms & _FUTURE_AUX or ("going" in forms):
        return FUTURE
    if verb.lemma_ in _AHEAD and verb.tag_ in ("VBN", "VBZ", "VBP", "VBG"):
        return FUTURE
    if any(child.tag_ == "TO" for child in auxiliaries):
        return FUTURE if verb.head.lemma_ in _AHEAD or verb.head.lemma_ == "be" else None
    if forms & _OPEN_AUX:
        return PAST if "have" in forms else FUTURE
    if verb.tag_ == "VBD" or any(child.tag_ == "VBD" for child in auxiliaries) or forms & {"has", "have", "'ve", "had"}:
        return PAST
    if verb.tag_ in ("VBZ", "VBP", "MD") or any(child.tag_ in ("VBZ", "VBP") for child in auxiliaries):
        return PRESENT
    return PAST if verb.tag_ == "VBN" else None


_NOUN_TAGS = frozenset(("NN", "NNS", "NNP", "NNPS"))
_AMBIGUOUS = {  # lower-case words that are also something else, and the tags they bear as times
    "may": _NOUN_TAGS,
    "march": _NOUN_TAGS,
    "fall": _NOUN_TAGS,
    "spring": _NOUN_TAGS,
    "second": _NOUN_TAGS,
    "seconds": _NOUN_TAGS,
    "minute": _NOUN_TAGS,
    "falls": frozenset[str](),
    "springs": frozenset[str](),
    "sun.": frozenset[str](),
    "present": frozenset[str](),
}


def in_sense(parse: Parse, lexeme: Lexeme) -> Lexeme:
    """A word as what it is where it stands: May the month, not the verb; a second, not the second."""
    surface = parse.doc.text[lexeme.start : lexeme.end].lower()
    tags = _AMBIGUOUS.get(surface)
    if tags is None or parse.token(lexeme.start).tag_ in tags:
        return lexeme
    return replace(lexeme, kind="ORDINAL", value=2) if surface == "second" else replace(lexeme, kind="OTHER")
