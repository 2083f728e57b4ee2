"""What a figure describes that has no clause of its own: rows of a list, brackets, gaps, attributes of a noun."""

from collections.abc import Mapping
from itertools import takewhile

from spacy.tokens import Doc, Token

from pipelines.extract.cues import cue_classes
from pipelines.extract.figures import Figure
from pipelines.extract.phrases import NOUNS, Characters, is_when, phrase
from pipelines.extract.plain_text import text_of

Owners = Mapping[int, Figure]
_HYPHENS = frozenset("-‐‑")
_NEAR = 12  # tokens between two figures of a pair
_FINITE = frozenset(["VBD", "VBZ", "VBP", "MD"])
_JOINTS = frozenset([",", ";", "and", "but", "while", "or"])


def beside(doc: Doc, at: int, figure: Figure, owners: Owners) -> Characters | None:
    """The phrase that a figure stands beside, its first token being `at`.

    A conversion in brackets describes what the figure before it does; "Novar, down 3%" its name.
    """
    before = at - 1
    if before > 0 and doc[before].text == "(" and before - 1 in owners:
        return owners[before - 1].about
    if (twin := _said_again(doc, at, owners)) is not None:
        return twin.about
    noun = _attribute(doc, at, figure, owners) or _share(doc, at, figure, owners) or _gap(doc, at, figure, owners)
    noun = noun or _valued(doc, before, figure) or _owner(doc, at, figure, owners)
    if noun is not None:
        return phrase(noun, figure, owners)
    named = _label(doc, before) if text_of(doc)[figure.end : figure.end + 1] not in ("-", ":") else None
    return named or _moved(doc, before, figure, owners)


def _moved(doc: Doc, before: int, figure: Figure, owners: Owners) -> Characters | None:
    """What has gone up or down: the name before the word, or what the level before it describes."""
    while before > 0 and doc[before].idx > figure.cue_start:
        before -= 1
    if before < 2 or doc[before].lower_ not in ("up", "down"):  # noqa: PLR2004
        return None
    label = doc[before - 1]
    if label.text in (",", "("):
        label = doc[before - 2]
    if label.i in owners and owners[label.i] is not figure:
        return owners[label.i].about
    return phrase(label, figure, owners) if label.pos_ == "PROPN" and not is_when(label) else None


def _label(doc: Doc, colon: int) -> Characters | None:
    """The few words before a colon at which a line, a sentence or an item begins.

    "Injured: 6" -> about Injured
    "Retail price: £23.99" -> about Retail price
    """
    if colon < 1 or doc[colon].text != ":" or doc[colon].is_sent_start:
        return None
    first = colon
    while first > 0 and colon - first < _LABEL and not doc[first].is_sent_start and doc[first - 1].text not in _ENDS:
        first -= 1
    words = doc[first:colon]
    begins = first == 0 or doc[first].is_sent_start or doc[first - 1].text in _ENDS
    plain = all(word.is_alpha and word.pos_ not in ("VERB", "AUX", "PRON", "NUM") for word in words[:-1])
    titled = len(words) > 0 and words[0].text[0].isupper() and words[-1].is_alpha
    return (words[0].idx, words[-1].idx + len(words[-1])) if begins and plain and titled else None


_LABEL = 4
_ENDS = frozenset([";", "|", "•", "\n", "\n\n"])


def _owner(doc: Doc, at: int, figure: Figure, owners: Owners) -> Token | None:
    """Who has a figure that has no noun behind it.

    "Elba's 31.6 percent was the best." -> about Elba
    "Rents rose to Elba's 212." -> about Elba
    """
    behind = _after(doc, at, figure, owners)
    named = behind < len(doc) and (doc[behind].pos_ in (*NOUNS, "ADJ") or doc[behind].text in _HYPHENS)
    bare = figure.kind in ("money", "percent", "cardinal") and figure.counted is None and not named
    if at < 2 or doc[at - 1].tag_ != "POS" or not bare:  # noqa: PLR2004
        return None
    noun = doc[at - 2]
    return noun if noun.pos_ in NOUNS and not is_when(noun) else None


def owner(doc: Doc, at: int, figure: Figure, owners: Owners) -> Characters | None:
    """Who has what a figure counts, where nothing else is said of it.

    "Elba's 40 ferries were sold." -> about Elba
    """
    if at < 2 or doc[at - 1].tag_ != "POS" or figure.kind != "cardinal" or not figure.plural:  # noqa: PLR2004
        return None
    noun = doc[at - 2]
    return phrase(noun, figure, owners) if noun.pos_ in NOUNS and not is_when(noun) else None


def _valued(doc: Doc, before: int, figure: Figure) -> Token | None:
    """The noun that is worth something: "a site worth more than $20,000"."""
    while before > 0 and doc[before].idx > figure.cue_start:
        before -= 1
    if before < 2 or doc[before].lower_ != "worth":  # noqa: PLR2004
        return None
    noun = doc[before - 2] if doc[before - 1].text == "," else doc[before - 1]
    return noun if noun.pos_ in NOUNS and not is_when(noun) else None


def _said_again(doc: Doc, at: int, owners: Owners) -> Figure | None:
    """The figure that one says again in another unit: "16 cents, or about 0.3%"."""
    before = at - 1
    while before > 0 and doc[before].lower_ in ("about", "nearly", "almost", "roughly", "around", "some"):
        before -= 1
    comma = before > 1 and doc[before - 1].text == ","
    twin = (owners.get(before - 2) or owners.get(before - 3)) if comma else None  # "12 points, or 0.3%"
    return twin if doc[before].lower_ == "or" and twin is not None and twin.unit != owners[at].unit else None


def shared(doc: Doc, at: int, figure: Figure, owners: Owners) -> Characters | None:
    """What the figure of the same unit before it in its sentence describes: "49.5 Hz on Monday, 50.1 Hz on Friday"."""
    if figure.unit is None or figure.kind == "duration":
        return None
    before = _earlier(doc, at, figure, owners)
    if before is None or before.unit != figure.unit:
        return None
    between = doc.char_span(before.end, figure.start, alignment_mode="expand") or ()
    clause = any(token.tag_ in _FINITE and "say" not in cue_classes(token) for token in between)
    return None if clause else before.about


def _earlier(doc: Doc, at: int, figure: Figure, owners: Owners) -> Figure | None:
    """The figure before one in its sentence."""
    while at > 0 and not doc[at].is_sent_start:
        at -= 1
        if at in owners and owners[at] is not figure:
            return owners[at]
    return None


def _after(doc: Doc, at: int, figure: Figure, owners: Owners) -> int:
    """The first token behind a figure and the conversion in brackets behind it."""
    while at < len(doc) and owners.get(at) is figure:
        at += 1
    if at < len(doc) and doc[at].text == "(":
        return next((i + 1 for i in range(at, min(at + 8, len(doc))) if doc[i].text == ")"), at)
    return at


def _attribute(doc: Doc, at: int, figure: Figure, owners: Owners) -> Token | None:
    """The noun before which a hyphenated measure stands: "a 90-mile (145 km) walk"."""
    if figure.kind not in ("measure", "duration") or figure.is_age:
        return None
    behind = _after(doc, at, figure, owners)
    while behind + 1 < len(doc) and doc[behind].text == "," and (other := owners.get(behind + 1)) is not None:
        behind = _after(doc, behind + 1, other, owners)  # "a five-year, 90-mile walk"
    hyphenated = any(_HYPHENS & set(token.text) for token in doc[at:behind] if owners.get(token.i) is figure)
    if not hyphenated or doc[behind - 1].text != ")":
        return None  # the parse finds a noun that follows at once
    nouns = [*takewhile(lambda t: t.pos_ in (*NOUNS, "ADJ") and t.i not in owners, doc[behind:])]
    return nouns[-1] if nouns and nouns[-1].pos_ in NOUNS else None


def _share(doc: Doc, at: int, figure: Figure, owners: Owners) -> Token | None:
    """What one of two amounts is for: "fines of $52,000 for Norlund and $75,000 for Sudby"."""
    own = _purpose(doc, _after(doc, at, figure, owners), owners)
    if own is None or figure.kind not in ("money", "percent", "measure"):
        return None
    for i in range(max(at - _NEAR, 0), min(at + _NEAR, len(doc))):
        other = owners.get(i)
        if other is None or other is figure or other.unit != figure.unit or doc[i].sent != doc[at].sent:
            continue
        if _purpose(doc, _after(doc, i, other, owners), owners) not in (None, own):
            return own
    return None


def _purpose(doc: Doc, at: int, owners: Owners) -> Token | None:
    """The noun of the "for" at a token."""
    if at >= len(doc) or doc[at].lower_ != "for":
        return None
    inside = (c for c in doc[at].children if c.dep_ == "pobj" and c.pos_ in NOUNS)
    return next((c for c in inside if c.i not in owners and not is_when(c)), None)


def _gap(doc: Doc, at: int, figure: Figure, owners: Owners) -> Token | None:
    """The name before a figure whose verb is left out: "Moreau got 38 percent, Lindqvist 3 percent"."""
    last = at - 1
    while last > 0 and doc[last].idx >= figure.cue_start > 0:
        last -= 1
    first = last
    while first > 0 and doc[first].pos_ == "PROPN" and not doc[first].is_sent_start:
        first -= 1
    if first == last or is_when(doc[last]) or last in owners or doc[first].lower_ not in _JOINTS:
        return None
    before = _earlier(doc, at, figure, owners)
    return doc[last] if before is not None and before.unit == figure.unit and figure.unit is not None else None
