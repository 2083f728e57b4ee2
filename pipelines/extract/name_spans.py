"""Where names begin and end: the model's spans, cut at lines, without articles, titles, possessives and points."""

import re
from collections.abc import Iterator
from typing import NamedTuple, cast, get_args

from spacy.tokens import Doc

from pipelines.extract.titles import title_length
from pipelines.schemas import NameType

NAME_TYPES = frozenset(get_args(NameType))
# A line break, a dash between spaces and a bracket never stand inside a name.
CUT = re.compile(r"\s*\n\s*|\s+[-–—]+\s+|\s*[;:|/()\[\]]\s*(?=\S)")
LEFT = re.compile(r"[\s\"'“‘`(\[.,;:*•-]+|(?:the|The|THE|a|A|an|An)\s+")
RIGHT = re.compile(r"(?:['’][sS]?|[\s\"“”‘`)\],;:*-])+$")
POINT = re.compile(r"(?<=[a-z]{3})\.$")
LINK = re.compile(r"://|www\.|@|\.(?:com|org|net|html?)(?:/|$)")


class Name(NamedTuple):
    """A typed span of the document's text, in code points."""

    start: int
    end: int
    type: NameType


def spans(doc: Doc) -> list[Name]:
    """The model's names with their bounds mended, in order."""
    text = doc.text
    found: list[Name] = []
    for ent in doc.ents:
        if ent.label_ in NAME_TYPES:
            for start, end in pieces(text, ent.start_char, ent.end_char):
                name = trimmed(text, Name(start, end, cast("NameType", ent.label_)))
                if name is not None:
                    found.append(name)
    return found


def pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The span, cut where no name runs on."""
    for cut in CUT.finditer(text, start, end):
        yield start, cut.start()
        start = cut.end()
    yield start, end


def trimmed(text: str, name: Name) -> Name | None:
    """The name without what only stands around it; null if no letter is left or it is a link."""
    start, end = name.start, name.end
    while (left := LEFT.match(text, start, end)) is not None:
        start = left.end()
    while (right := RIGHT.search(text, start, end) or POINT.search(text, start, end)) is not None:
        end = right.start()
    start += title_length(text[start:end]) if name.type in {"PERSON", "ORG", "GPE"} else 0
    surface = text[start:end]
    if not any(c.isalpha() for c in surface) or LINK.search(surface):
        return None
    return Name(start, end, name.type)
