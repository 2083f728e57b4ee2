"""Lemmas as spaCy's lemmatizer gives them, from a table that fills itself: it asks for every token anew."""

from collections.abc import Callable
from typing import Any

import numpy as np
from spacy.attrs import LEMMA, MORPH, ORTH, POS
from spacy.lang.en.lemmatizer import EnglishLemmatizer
from spacy.language import Language
from spacy.tokens import Doc

SEEN = [ORTH, POS, MORPH]


@Language.factory("lemma_table", default_config={"pipe": "lemmatizer"})
def lemma_table(nlp: Language, name: str, pipe: str) -> Callable[[Doc], Doc]:  # noqa: ARG001  # spaCy's signature
    """The pipe that does the work of `pipe`."""
    return from_table(nlp.get_pipe(pipe))


def from_table(lemmatizer: Callable[[Doc], Doc]) -> Callable[[Doc], Doc]:
    """What does to a document what the lemmatizer does; itself, if it is another than that of English by rules."""
    if type(lemmatizer) is not EnglishLemmatizer or lemmatizer.mode != "rule" or lemmatizer.overwrite:
        return lemmatizer
    strings = lemmatizer.vocab.strings
    known: dict[tuple[int, ...], int] = {}

    def annotate(doc: Doc) -> Doc:
        words = list(map(tuple, doc.to_array(SEEN).tolist()))
        for word, at in {word: at for at, word in enumerate(words) if word not in known}.items():
            known[word] = strings.add(lemmatizer.lemmatize(doc[at])[0])
        given = doc.to_array(LEMMA)
        lemmas: Any = np.where(given, given, np.array([known[word] for word in words], dtype="uint64"))
        return doc.from_array([LEMMA], lemmas) if words else doc

    return annotate
