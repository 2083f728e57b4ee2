"""A parsed document whose tokens are found by character."""

from bisect import bisect_right

from spacy.tokens import Doc, Span, Token

from pipelines.extract.plain_text import text_of
from pipelines.extract.tree import tree


class Parse:
    """The tokens of a parsed document, found by character."""

    def __init__(self, doc: Doc) -> None:
        self.doc, self.text, self._starts = doc, text_of(doc), tree(doc).start

    def at(self, char: int) -> Token:
        """The token that holds a character."""
        return self.doc[max(bisect_right(self._starts, char) - 1, 0)]

    def tokens(self, start: int, end: int) -> Span:
        """The tokens of a stretch of characters."""
        return self.doc[self.at(start).i : self.at(end - 1).i + 1]

    def root(self, start: int, end: int) -> Token:
        """The token of a span that the others hang on."""
        last = self.at(end - 1)
        first = self.at(start).i
        node = last
        while first <= node.head.i <= last.i and node.head is not node and node.head.i != node.i:
            node = node.head
        return node

    def following(self, end: int) -> Token | None:
        """The token behind the one that ends at a character."""
        after = self.at(end - 1).i + 1
        return self.doc[after] if after < len(self.doc) else None
