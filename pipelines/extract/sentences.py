"""Sentences: the parser's, cut at paragraph breaks, without the white space around them."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import compress, pairwise

from spacy.tokens import Doc

from pipelines.extract.plain_text import text_of
from pipelines.extract.tree import tree
from pipelines.schemas import Sentence


def sentences(doc: Doc) -> list[Sentence]:
    """The sentences of a document, in order, none empty."""
    text, columns = text_of(doc), tree(doc)
    bounds = [0, *compress(columns.start[1:], columns.opens[1:]), len(text)]
    rows: list[Sentence] = []
    for first, after in pairwise(bounds):
        raw = text[first:after]
        start = after - len(raw.lstrip())
        end = start + len(raw.strip())
        if start < end:
            rows.append({"start": start, "end": end, "text": text[start:end]})
    return rows


def sentence_at(sentences: Sequence[Sentence], position: int) -> int | None:
    """Index of the sentence that holds the character; null between sentences."""
    index = bisect_right(sentences, position, key=lambda s: s["start"]) - 1
    return index if index >= 0 and position < sentences[index]["end"] else None
