"""What people are: the titles before their names and the descriptions behind them."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from spacy.tokens import Doc

from pipelines.extract.titles import is_modifier, is_title
from pipelines.schemas import Mention

WORD_BEFORE = re.compile(r"([^\s,.;:()\"“”]+\.?)[ \xa0]$")
LONGEST = 40
CLAUSE = frozenset({"who", "whom", "whose", "which", "that", "where"})


class Role(NamedTuple):
    """A title or description of a person, at its place in the text."""

    mention: Mention
    start: int
    end: int
    text: str


def roles(doc: Doc, mentions: Sequence[Mention]) -> list[Role]:
    """Titles ("Vice President") and appositions ("a former council official") of people, in order."""
    text = doc.text
    found: list[Role] = []
    for mention in mentions:
        if mention["type"] == "PERSON":
            bounds = (title_bounds(text, mention["start"]), apposition_bounds(doc, mention))
            found += [Role(mention, a, b, text[a:b]) for a, b in filter(None, bounds)]
    return sorted(found, key=lambda role: role.start)


def title_bounds(text: str, end: int) -> tuple[int, int] | None:
    """The run of title words right before a name."""
    start = end
    while (word := WORD_BEFORE.search(text, max(0, start - LONGEST), start)) is not None:
        if not (is_title(word[1]) if start == end else is_modifier(word[1])):
            break
        start = word.start()
    return (start, len(text[:end].rstrip())) if start < end else None


def apposition_bounds(doc: Doc, mention: Mention) -> tuple[int, int] | None:
    """The noun phrase behind the name and a comma, without the clause that follows it."""
    span = doc.char_span(mention["start"], mention["end"], alignment_mode="expand")
    if span is None or span.end >= len(doc) or doc[span.end].text != ",":
        return None
    for token in span.root.children:
        if token.dep_ == "appos" and token.pos_ == "NOUN" and token.left_edge.i == span.end + 1:
            words = doc[token.left_edge.i : token.right_edge.i + 1]
            stop = next((w.i for w in words if w.i > token.i and (w.text in {",", "\n\n"} or w.lower_ in CLAUSE)), None)
            last = words if stop is None else doc[token.left_edge.i : stop]
            return (last.start_char, last.end_char) if len(last) else None
    return None
