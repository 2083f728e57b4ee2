"""Sentences: the parser's, cut at paragraph breaks, without the white space around them."""

from bisect import bisect_right
from collections.abc import Sequence

from spacy.tokens import Doc

from pipelines.extract.plain_text import text_of
from pipelines.schemas import Sentence


def sentences(doc: Doc) -> list[Sentence]:
    """The sentences of a document, in order, none empty."""
    text = text_of(doc)
    rows: list[Sentence] = []
    for sent in doc.sents:
        raw = text[sent.start_char : sent.end_char]
        start = sent.start_char + len(raw) - len(raw.lstrip())
        end = start + len(raw.strip())
        if start < end:
            rows.append({"start": start, "end": end, "text": text[start:end]})
    return rows


def sentence_at(sentences: Sequence[Sentence], position: int) -> int | None:
    """Index of the sentence that holds the character; null between sentences."""
    index = bisect_right(sentences, position, key=lambda s: s["start"]) - 1
    return index if index >= 0 and position < sentences[index]["end"] else None
