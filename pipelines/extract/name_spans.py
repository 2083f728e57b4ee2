"""Where names begin and end: the model's spans, cut at lines, without articles, titles, possessives and figures."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple, cast, get_args

from spacy.tokens import Doc, Span

from pipelines.extract.titles import title_length
from pipelines.schemas import NameType

NAME_TYPES = frozenset(get_args(NameType))
# Figures belong to names of these types: "Boeing 737", "Euro 2024", "Article 5", "1984".
NUMBERED = frozenset({"EVENT", "PRODUCT", "WORK_OF_ART", "LAW", "FAC", "ORG"})
TITLED = frozenset({"PERSON", "ORG", "GPE"})
# A line break, a dash between spaces, a colon and a bracket never stand inside a name.
CUT = re.compile(r"\s*\n\s*|\s+[-–—]+\s+|\s*[;:|()\[\]]\s*|/(?=[A-Z])")
SCORE = re.compile(r"\s+\d+(?:[-.:/]\d+)*\*?(?=\s|$)")
LEFT_MARKS = frozenset(" \t\n\r\xa0\"'“”‘’`([{.,;:*•-–—")
RIGHT_MARKS = frozenset(' \t\n\r\xa0"“”‘`)]},;:*•-–—!?')
ARTICLE = re.compile(r"(?:[Tt]he|THE|An?)\s+(?=\S)")
POSSESSIVE = re.compile(r"['’][sS]?$")
FINAL_POINT = re.compile(r"[a-z]{3}\.$")
LINK = re.compile(r"\S*(?:://|www\.|\w@\w|\w\.(?:com|org|net|html?)\b)\S*")


class Name(NamedTuple):
    """A typed span of the document's text, in code points."""

    start: int
    end: int
    type: NameType


def spans(doc: Doc) -> list[Name]:
    """The model's names with their bounds mended, in order."""
    return mended(doc.text, doc.ents)


def mended(text: str, ents: Iterable[Span], shift: int = 0) -> list[Name]:
    """Names of the text from entity spans that stand `shift` code points before it."""
    links = [link.span() for link in LINK.finditer(text)]
    found: list[Name] = []
    for ent in ents:
        if ent.label_ in NAME_TYPES:
            kind = cast("NameType", ent.label_)
            for start, end in pieces(text, shift + ent.start_char, shift + ent.end_char, kind):
                name = trimmed(text, Name(start, end, kind))
                if name is not None and not any(a < name.end and name.start < b for a, b in links):
                    found.append(name)
    return found


def pieces(text: str, start: int, end: int, kind: NameType) -> Iterator[tuple[int, int]]:
    """The span, cut where no name runs on: at line breaks, dashes, brackets, and at the figures of a result."""
    cuts = [cut.span() for cut in CUT.finditer(text, start, end)]
    figures = [figure.span() for figure in SCORE.finditer(text, start, end)]
    if kind not in NUMBERED or len(figures) > 1 or any("-" in text[a:b] for a, b in figures):
        cuts += figures
    for left, right in sorted(cuts):
        yield start, max(start, left)
        start = max(start, right)
    yield start, end


def trimmed(text: str, name: Name) -> Name | None:
    """The name without what only stands around it; null if it has no capital letter or figure left."""
    start, end = name.start, name.end
    while start < end and text[start] in LEFT_MARKS:
        start += 1
    if (article := ARTICLE.match(text, start, end)) is not None:
        start = article.end()
    end = right_bound(text, start, end)
    if name.type in TITLED:
        start += title_length(text[start:end])
    surface = text[start:end]
    if not any(c.isalpha() for c in surface) or not any(c.isupper() or c.isdigit() for c in surface):
        return None
    return Name(start, end, name.type)


def right_bound(text: str, start: int, end: int) -> int:
    """Where the name ends without closing marks, possessive ending, and the full stop of a sentence."""
    while end > start:
        if text[end - 1] in RIGHT_MARKS:
            end -= 1
        elif found := POSSESSIVE.search(text, max(start, end - 2), end):
            end = found.start()
        elif FINAL_POINT.search(text, max(start, end - 4), end):
            end -= 1
        else:
            break
    return end
