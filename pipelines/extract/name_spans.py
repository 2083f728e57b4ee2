"""Where names begin and end: the model's spans, cut at lines, without articles, titles, possessives and figures."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple, cast, get_args

from spacy.tokens import Doc, Span

from pipelines.extract.name_lexicon import given_names, lexicon
from pipelines.extract.plain_text import text_of
from pipelines.extract.titles import is_modifier, is_title, title_length
from pipelines.schemas import NameType

NAME_TYPES = frozenset(get_args(NameType))
# Figures belong to names of these types: "Boeing 737", "Euro 2024", "Article 5", "1984".
NUMBERED = frozenset({"EVENT", "PRODUCT", "WORK_OF_ART", "LAW", "FAC", "ORG"})
TITLED = frozenset({"PERSON", "ORG", "GPE"})
# Titles that are adjectives and parts of names as well.
NO_TITLE = frozenset({"general", "major", "justice", "premier", "chief", "private", "sri", "rt"})
# A line break, a dash between spaces, a colon and a bracket never stand inside a name.
CUT = re.compile(r"\s*\n\s*|\s+[-–—]+\s+|\s*[;:|()\[\]]\s*|/(?=[A-Z])")
# The label of a credit runs into the name before it where the caption has no full stop.
LABELS = ("Image", "Photo", "Photograph", "Picture", "Video", "Credit", "File")
LABEL = re.compile(rf"(?:^|\s+)(?:{'|'.join(LABELS)})(?=:|$)")
SCORE = re.compile(r"\s+\d+(?:[-.:/]\d+)*\*?(?=\s|$)")
# No person's name runs on over an owner's ending or a word that is no part of names: "Lund's Oct", "Lund told Berg".
OWNER = re.compile(r"['’]s\s.*", re.DOTALL)
SMALL_WORDS = re.compile(r"(?:(?<=\s)[a-z]{2,}(?:\s+|$))+")
LEFT_MARKS = frozenset(" \t\n\r\xa0\"'“”‘’`([{.,;:*•-–—")
RIGHT_MARKS = frozenset(' \t\n\r\xa0"“”‘`)]},;:*•-–—!?')
ARTICLE = re.compile(r"(?:[Tt]he|THE|An?)\s+(?=\S)")
POSSESSIVE = re.compile(r"['’][sS]?$")
PARTICLES = frozenset(
    {"al", "el", "ibn", "bin", "bint", "ben", "de", "del", "della", "der", "den", "di", "da", "do", "dos", "das", "du"}
    | {"la", "le", "van", "von", "ter", "ten", "zu", "y", "af", "ud", "abu", "las", "los", "arap", "wa", "ya", "ole"}
    | {"ul", "ur", "un", "binti", "binte", "ould", "ag", "na", "ap", "dal", "dalla", "dello", "degli", "zur", "zum"}
)
# Those, and small words inside the names of bodies, which the model now and then takes for people's.
INNER_SMALL = PARTICLES | {"of", "for", "and", "the"}
HANGING = re.compile(r"\s+(?:of|the|and|in|on|at|for|to|by|with|from|&|or)$")
PORTFOLIO = re.compile(r"(?:[Mm]inisters?|[Ss]ecretar(?:y|ies)) (?:of|for) (?:the )?$")
OFFICE = re.compile(r"\s+(?:[Mm]inisters?|[Ss]ecretar(?:y|ies))\b")
# "Kim Example-un": the tokenizer splits at hyphens.
SECOND_SYLLABLE = re.compile(r"-([a-z]{1,6})\b")
NO_SYLLABLE = frozenset(
    {"led", "era", "like", "run", "born", "held", "style", "based", "backed", "owned", "made", "hit", "only", "to"}
)
# "U.S" of "U.S.-led" lacks its last point; a letter with a point is an initial.
DOTTED = re.compile(r"(?:[A-Z]\.)+[A-Z]")
INITIAL = re.compile(r"[A-Z]\.")
SLUG = re.compile(r"(?:\A|\n)$")
FINAL_POINT = re.compile(r"[a-z]{3}\.$")
WORD = re.compile(r"\S+")
LINKED = ("://", "www.", "@", ".com", ".org", ".net", ".htm")
LINK = re.compile(r"://|www\.|\w@\w|\w\.(?:com|org|net|html?)\b")


class Name(NamedTuple):
    """A typed span of the document's text, in code points."""

    start: int
    end: int
    type: NameType


def spans(doc: Doc) -> list[Name]:
    """The model's names with their bounds mended, in order."""
    return mended(text_of(doc), doc.ents)


def mended(text: str, ents: Iterable[Span], shift: int = 0) -> list[Name]:
    """Names of the text from entity spans that stand `shift` code points before it."""
    linked = any(mark in text for mark in LINKED)  # which most texts are not, and the rest costs a hundred times more
    links = covered(word.span() for word in (WORD.finditer(text) if linked else ()) if LINK.search(word.group()))
    found: list[Name] = []
    for ent in ents:
        if ent.label_ in NAME_TYPES:
            kind = cast("NameType", ent.label_)
            for start, end in pieces(text, shift + ent.start_char, shift + ent.end_char, kind):
                name = trimmed(text, Name(start, end, kind))
                if name is not None and 1 not in links[name.start : name.end]:
                    found.append(name)
    return found


def recut(text: str, names: Iterable[Name]) -> list[Name]:
    """The names with people's cut where people's end: those that the model took for something else, too."""
    found: list[Name] = []
    for name in names:
        if name.type != "PERSON" or not person_cuts(text, name.start, name.end):
            found.append(name)
            continue
        for start, end in pieces(text, name.start, name.end, "PERSON"):
            part = trimmed(text, name._replace(start=start, end=end))
            found += [part] if part is not None else []
    return found


def covered(spans: Iterable[tuple[int, int]]) -> bytearray:
    """One byte for each code point up to the last span's end: 1 inside a span."""
    found = bytearray()
    for start, end in spans:
        found.extend(bytes(max(0, end - len(found))))
        found[start:end] = b"\1" * (end - start)
    return found


def pieces(text: str, start: int, end: int, kind: NameType) -> Iterator[tuple[int, int]]:
    """The span, cut where no name runs on: at line breaks, dashes, brackets, and at the figures of a result."""
    if (surface := text[start:end]).isalpha() and surface not in LABELS:
        yield start, end
        return
    cuts = [cut.span() for cut in CUT.finditer(text, start, end)]
    figures = [figure.span() for figure in SCORE.finditer(text, start, end)]
    if kind not in NUMBERED or len(figures) > 1 or any("-" in text[a:b] for a, b in figures):
        cuts += figures
    cuts += [label.span() for label in LABEL.finditer(text, start, end)]
    cuts += inner_titles(surface, start)
    if kind == "PERSON":
        cuts += person_cuts(text, start, end)
    for left, right in sorted(cuts):
        yield start, max(start, left)
        start = max(start, right)
    yield start, end


def inner_titles(surface: str, start: int) -> list[tuple[int, int]]:
    """Where a name ends and the title of a person begins: "Example Bank Governor Jane Roe"."""
    words = list(re.finditer(r"\S+", surface))
    for i, word in enumerate(words[1:-2], 1):
        following = [w.group() for w in words[i + 1 :]]
        if is_title(word.group()) and all(w[0].isupper() for w in following) and not ends_as_body(following[-1]):
            return [(start + words[i - 1].end(), start + word.start())]
    return []


def person_cuts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where a person's name ends inside a span: at the thing owned, and at verbs and other small words."""
    owner = OWNER.search(text, start, end)
    words = [
        hit.span() for hit in SMALL_WORDS.finditer(text, start, end) if not INNER_SMALL.issuperset(hit.group().split())
    ]
    return [owner.span(), *words] if owner else words


def ends_as_body(word: str) -> bool:
    """Whether a name that ends in the word is an organization's or a building's."""
    by_word = lexicon("last")
    return word.lower() in by_word["organization"] | by_word["facility"] | by_word["event"]


def ends_as_body_alone(word: str) -> bool:
    """Whether no person's name ends in the word."""
    return any(word.lower() in endings for endings in lexicon("only_last").values())


def trimmed(text: str, name: Name) -> Name | None:
    """The name without what only stands around it; null if it has no capital letter or figure left."""
    start, end = name.start, name.end
    while start < end and text[start] in LEFT_MARKS:
        start += 1
    if (article := ARTICLE.match(text, start, end)) is not None:
        start = article.end()
    end = right_bound(text, start, end)
    end += 1 if DOTTED.fullmatch(text, start, end) and text.startswith(".", end) else 0
    if name.type in TITLED and not is_named_so(text[start:end], name.type):
        start += title_length(text[start:end])
    if name.type == "PERSON":
        start += small_start(text[start:end])
        tail = SECOND_SYLLABLE.match(text, end)
        end = tail.end() if tail and " " in text[start:end] and tail[1] not in NO_SYLLABLE else end
    while (hanging := HANGING.search(text, max(start, end - 8), end)) is not None:
        end = hanging.start()
    trimmed_name = Name(start, end, name.type)
    return trimmed_name if is_name(text, trimmed_name) else None


@lru_cache(maxsize=2**14)
def is_named_so(surface: str, kind: NameType) -> bool:
    """Whether what looks like a title before a name is a part of it: "General Assembly", "Sri Lanka"."""
    first, *others = surface.split() or [""]
    if first.lower() not in NO_TITLE or not others:
        return False
    if kind != "PERSON":
        return True
    # "Major Ann Church", "Major Curling League": what a body's name ends with may be a surname behind a given name.
    ends = ends_as_body_alone if others[0].lower() in given_names() else ends_as_body
    return any(ends(word.rstrip(".")) for word in others)


@lru_cache(maxsize=2**14)
def small_start(surface: str) -> int:
    """How much of a person's name is a common noun in front: "actor" in "actor Jane Roe"."""
    cut = 0
    for word in re.finditer(r"\S+\s+", surface):
        if not word.group()[0].islower() or word.group().strip(" -'’").lower() in PARTICLES or "-" in word.group():
            break
        cut = word.end()
    return cut


def is_name(text: str, name: Name) -> bool:
    """Whether the span can be a name: not an office, a portfolio, a unit or the topic before a headline's dash."""
    surface = text[name.start : name.end]
    if not any(c.isalpha() for c in surface) or not any(c.isupper() or c.isdigit() for c in surface):
        return False
    if INITIAL.fullmatch(surface) or surface.rstrip(".").lower() in lexicon("alone")["not_a_name"]:
        return False
    if name.type == "ORG":
        if PORTFOLIO.search(text, max(0, name.start - 20), name.start):
            return False
        if " " not in surface and is_modifier(surface) and OFFICE.match(text, name.end):
            return False
    is_topic = SLUG.search(text, max(0, name.start - 1), name.start) and text.startswith(" - ", name.end)
    return not (is_topic and " " not in surface and name.type not in {"GPE", "LOC"})


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
