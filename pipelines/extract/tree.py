"""The parse of a document in columns, read once: spaCy makes an object, and decodes its strings, at each look."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from spacy.attrs import DEP, ENT_TYPE, HEAD, LEMMA, LOWER, POS, SENT_START, TAG
from spacy.strings import StringStore
from spacy.tokens import Doc

NAMED = (LOWER, LEMMA, POS, TAG, DEP, ENT_TYPE)


class Tree(NamedTuple):
    """What the model tells of each token, by its index; the head of a root is itself, children are in order."""

    lower: list[str]
    lemma: list[str]
    pos: list[str]
    tag: list[str]
    dep: list[str]
    entity: list[str]
    head: list[int]
    opens: list[bool]  # a sentence
    children: list[list[int]]

    def lefts(self, word: int) -> list[int]:
        """What depends on a word and stands before it."""
        return [c for c in self.children[word] if c < word]

    def rights(self, word: int) -> list[int]:
        """What depends on a word and stands behind it."""
        return [c for c in self.children[word] if c > word]

    def under(self, heads: Iterable[int]) -> list[int]:
        """Some words and all that depend on them at any depth, in no order."""
        found = list(heads)
        for word in found:  # grows as it is read
            found += self.children[word]
        return found

    def ancestors(self, word: int) -> Iterator[int]:
        """What a word depends on, what that depends on, and so on up to the root."""
        while self.head[word] != word:
            word = self.head[word]
            yield word

    def sentence_start(self, word: int) -> int:
        """The first token of a word's sentence."""
        while word > 0 and not self.opens[word]:
            word -= 1
        return word

    def has(self, word: int, deps: frozenset[str]) -> bool:
        """Whether a word depends on this one in one of some ways."""
        dep = self.dep
        return any(dep[c] in deps for c in self.children[word])

    def first(self, words: Iterable[int], dep: str) -> int | None:
        """The first of some words that depends on its head in this way."""
        return next((w for w in words if self.dep[w] == dep), None)


def tree(doc: Doc) -> Tree:
    """The columns of a parsed document."""
    table = doc.to_array([*NAMED, HEAD, SENT_START])
    columns = [_strings(doc.vocab.strings, ids) for ids in table.T[: len(NAMED)].tolist()]
    heads = (table[:, -2].astype(np.int64) + np.arange(len(doc))).tolist()
    nothing: list[int] = []
    children = [nothing] * len(doc)
    for word, head in enumerate(heads):
        if head != word:
            if children[head] is nothing:
                children[head] = [word]
            else:
                children[head].append(word)
    lower, lemma, pos, tag, dep, entity = columns
    opens = (table[:, -1] == 1).tolist()
    return Tree(lower, lemma, pos, tag, dep, entity, heads, opens, children)


def _strings(store: StringStore, ids: Sequence[int]) -> list[str]:
    known = {i: store[i] for i in set(ids)}
    return [known[i] for i in ids]
