"""The parse of a document in columns, read once: spaCy makes an object, and decodes its strings, at each look."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple
from unicodedata import category

import numpy as np
from spacy.attrs import DEP, ENT_TYPE, HEAD, LEMMA, LENGTH, LOWER, POS, SENT_START, SPACY, TAG
from spacy.tokens import Doc
from spacy.vocab import Vocab

KEY = "tree"
NAMED = (LOWER, LEMMA, POS, TAG, DEP, ENT_TYPE)


class Tree(NamedTuple):
    """What the model tells of each token, by its index; the head of a root is itself, children are in order."""

    lower: list[str]
    lemma: list[str]
    pos: list[str]
    tag: list[str]
    dep: list[str]
    entity: list[str]
    start: list[int]  # in characters
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

    def branch(self, top: int, word: int) -> int | None:
        """What depends on one word and has another under it, or is it; null where this is not under that."""
        while self.head[word] != word:
            if self.head[word] == top:
                return word
            word = self.head[word]
        return None

    def sentence_start(self, word: int) -> int:
        """The first token of a word's sentence."""
        while word > 0 and not self.opens[word]:
            word -= 1
        return word

    def touched(self, start: int, end: int) -> range:
        """The tokens that some characters touch."""
        return range(bisect_right(self.start, start) - 1, bisect_left(self.start, end))

    def top(self, words: range) -> int | None:
        """The word of some that stand together which stands highest in the parse, as spaCy's `Span.root`."""
        tops = [w for w in words if self.head[w] == w or self.head[w] not in words]
        return min(tops, key=self._height) if len(tops) > 1 else tops[0] if tops else None

    def _height(self, word: int) -> tuple[bool, int]:
        """Words up to the root; a mark on which nothing hangs comes last."""
        is_mark = not self.children[word] and all(c.isspace() or category(c)[0] == "P" for c in self.lower[word])
        return is_mark and self.head[word] != word, sum(1 for _ in self.ancestors(word))

    def has(self, word: int, deps: frozenset[str]) -> bool:
        """Whether a word depends on this one in one of some ways."""
        dep = self.dep
        return any(dep[c] in deps for c in self.children[word])

    def first(self, words: Iterable[int], dep: str) -> int | None:
        """The first of some words that depends on its head in this way."""
        return next((w for w in words if self.dep[w] == dep), None)


def tree(doc: Doc) -> Tree:
    """The columns of a parsed document, made once; its tokens must not be joined or parted after that."""
    kept = doc.user_data
    if KEY not in kept:
        kept[KEY] = _columns(doc)
    made: Tree = kept[KEY]
    return made


class Strings(dict[int, str]):
    """The strings of a vocabulary by their ids, each decoded once."""

    def __init__(self, vocab: Vocab) -> None:
        """Begin without any."""
        self.vocab = vocab

    def __missing__(self, number: int) -> str:
        """Decode a string that has not been asked for yet."""
        found: str = self.vocab.strings[number]
        self[number] = found
        return found


_strings = cache(Strings)


def _columns(doc: Doc) -> Tree:
    table = doc.to_array([*NAMED, HEAD, SENT_START, LENGTH, SPACY]).T
    string = _strings(doc.vocab).__getitem__
    lower, lemma, pos, tag, dep, entity = (list(map(string, column)) for column in table[: len(NAMED)].tolist())
    heads, opens, length, space = table[len(NAMED) :].astype(np.int64)
    start = np.cumsum(length + space) - length - space
    head = (heads + np.arange(len(doc))).tolist()
    nothing: list[int] = []
    children = [nothing] * len(doc)
    for word, above in enumerate(head):
        if above != word:
            if children[above] is nothing:
                children[above] = [word]
            else:
                children[above].append(word)
    return Tree(lower, lemma, pos, tag, dep, entity, start.tolist(), head, (opens == 1).tolist(), children)
